// Lets plain TypeScript see .astro files as components: `astro check` knows more, but tsc and editors without
// Astro's plugin know nothing. Types only; nobody imports it.
declare module '*.astro' {
  const component: import('astro/runtime/server/index.js').AstroComponentFactory;
  export default component;
}
