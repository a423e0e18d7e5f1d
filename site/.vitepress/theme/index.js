import DefaultTheme from 'vitepress/theme';
import FrontPage from './FrontPage.vue';
import './style.css';

export default { extends: DefaultTheme, Layout: FrontPage };
