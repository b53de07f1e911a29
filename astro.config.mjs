// Astro's whole configuration: static pages from MDX, Preact for islands. Knows nothing of content;
// what runs at build time is in src/build. Read by `astro build`, `astro dev` and `astro check`.
import mdx from '@astrojs/mdx';
import preact from '@astrojs/preact';
import { defineConfig } from 'astro/config';
import { afterBuild } from './src/build/after-build.ts';
import { zodApart } from './src/build/zod-apart.ts';

export default defineConfig({
  // Where the site will be, for canonical links, cards, sitemap and feed; nothing else depends on it.
  site: process.env.BROWNOUT_SITE ?? 'http://localhost:4321',
  integrations: [mdx(), preact(), afterBuild()],
  markdown: { syntaxHighlight: false },
  devToolbar: { enabled: false },
  // In the page: a first paint that waits for one answer, not for eight. bytes.spec.ts counts them there too.
  build: { inlineStylesheets: 'always' },
  vite: {
    plugins: [zodApart()],
    // Astro's own MDX modules carry a directive that Rolldown would warn about in every build.
    build: {
      target: 'es2022',
      assetsInlineLimit: 0,
      rolldownOptions: {
        checks: { moduleLevelDirective: false },
        // In one file each: whoever needs one of its parts soon needs the others, and four files are larger than one.
        output: {
          codeSplitting: {
            groups: [
              { name: 'preact', test: /node_modules\/@?preact\// },
              { name: 'base', test: /vite\/preload-helper|src\/runtime\/site-root\.ts$/ },
            ],
          },
        },
      },
    },
    worker: { format: 'es' },
  },
});
