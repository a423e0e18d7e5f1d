// The functions that make elements, for each file of the panel: shorter than those of the automatic runtime.
export { Fragment, h } from 'preact';
