// A default export that is an anonymous arrow, named `default` by the language.
// Imported by modules.mjs.
export default () => 'arrow';
