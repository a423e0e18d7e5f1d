import DefaultTheme from 'vitepress/theme';
import FrontPage from './FrontPage.vue';
import MermaidPicture from './MermaidPicture.vue';
import './style.css';

export default {
  extends: DefaultTheme,
  Layout: FrontPage,
  enhanceApp({ app }) {
    app.component('MermaidPicture', MermaidPicture);
  },
};
