// Gives the pages of assignments a copy of Zod of their own in the browser's files. Shared with the labs', which use its
// small form, one copy would have what both need, and every lab would load 7 KB for pages that it never opens.
// Used by astro.config.mjs.
import { readFileSync } from 'node:fs';
import type { AstroUserConfig } from 'astro';

type Plugin = Exclude<
  NonNullable<NonNullable<AstroUserConfig['vite']>['plugins']>[number],
  false | null | undefined | readonly unknown[] | Promise<unknown>
>;

const APART = '?apart';

export function zodApart(): Plugin {
  return {
    name: 'brownout-zod-apart',
    enforce: 'pre',
    apply: 'build',
    async resolveId(id, importer) {
      const isInside = importer?.endsWith(APART) === true;
      if (this.environment.name !== 'client' || (id !== 'zod' && !isInside)) return null;
      const found = await this.resolve(id, importer?.replace(APART, ''), { skipSelf: true });
      return found === null ? null : { ...found, id: `${found.id}${APART}` };
    },
    load(id) {
      return id.endsWith(APART) ? readFileSync(id.slice(0, -APART.length), 'utf8') : null;
    },
  };
}
