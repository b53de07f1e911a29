// What content may rely on: regions that exist, none that nobody shows, and paths in the README that lead somewhere.
// Pure. Used by content.test.ts. Regions of exercises are not shown in prose and are left out.
import { join, normalize } from 'node:path';
import { regionsOf } from '../../src/build/regions.ts';
import type { SourceFile } from './repository.ts';

export interface RegionUse {
  readonly chapter: string;
  /** Path of the program. */
  readonly file: string;
  readonly region: string | undefined;
}

/** Every `<Code file=… region=…>` of a chapter; its `sandbox` is the frontmatter's where it names none. */
export function regionUses(chapter: SourceFile): RegionUse[] {
  const sandbox = /^sandbox:\s*(\S+)/m.exec(chapter.text)?.[1] ?? '';
  return [...chapter.text.matchAll(/<Code\s([^>]*)>/g)].map((match) => {
    const attributes = match[1] ?? '';
    const file = /\bfile="([^"]+)"/.exec(attributes)?.[1] ?? '';
    const region = /\bregion="([^"]+)"/.exec(attributes)?.[1];
    const from = /\bsandbox="([^"]+)"/.exec(attributes)?.[1] ?? sandbox;
    return {
      chapter: chapter.path,
      file: normalize(join('sandboxes', from, file)).replaceAll('\\', '/'),
      region,
    };
  });
}

export function regionComplaints(uses: readonly RegionUse[], programs: readonly SourceFile[]): string[] {
  const regions = new Map(programs.map((program) => [program.path, regionsOf(program.path, program.text)]));
  const unknown = uses.flatMap(({ chapter, file, region }) => {
    const there = regions.get(file);
    if (there === undefined) return [`${chapter} shows ${file}, which is not there: correct \`file\`.`];
    if (region === undefined || there.has(region)) return [];
    return [
      `${chapter} shows region \`${region}\` of ${file}, which has ${[...there.keys()].join(', ') || 'none'}: correct \`region\`.`,
    ];
  });
  const unused = [...regions].flatMap(([file, there]) =>
    [...there.keys()]
      .filter((name) => !uses.some((use) => use.file === file && use.region === name))
      .map(
        (name) => `${file} has region \`${name}\`, which no chapter shows: show it, or take the markers out.`,
      ),
  );
  return [...unknown, ...unused];
}

/** Paths that a README names: in backticks with a slash or a dot, and links to files. */
export function readmePaths(text: string): string[] {
  const prose = text.replace(/```[\s\S]*?```/g, '');
  const quoted = [...prose.matchAll(/`([\w.@-]+(?:\/[\w.@-]*)+|[\w-]+\.(?:ts|mjs|json|md|yml))`/g)].map(
    (match) => match[1] ?? '',
  );
  const linked = [...prose.matchAll(/\]\(((?!https?:|#)[^)\s]+)\)/g)].map((match) => match[1] ?? '');
  return [...new Set([...quoted, ...linked])];
}
