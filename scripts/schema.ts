// Writes sandboxes/cluster.schema.json, by which editors complete and check cluster.json, from the Zod schema that the
// course itself uses: `node scripts/schema.ts`. tests/runtime/cluster-schema.test.ts fails where the file is out of date.
import { readFile, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { toJSONSchema } from 'zod/mini';
import { clusterSchema } from '../src/runtime/cluster.ts';

export const schemaPath = resolve(import.meta.dirname, '../sandboxes/cluster.schema.json');

export function schemaText(): string {
  const schema = toJSONSchema(clusterSchema, { io: 'input' });
  return `${JSON.stringify({ ...schema, title: 'A cluster of machines (cluster.json)' }, null, 2)}\n`;
}

/** True where the file says what the schema says; formatting aside. */
export async function schemaIsCurrent(): Promise<boolean> {
  const written: unknown = JSON.parse(await readFile(schemaPath, 'utf8').catch(() => 'null'));
  return JSON.stringify(written) === JSON.stringify(JSON.parse(schemaText()));
}

if (process.argv[1] === import.meta.filename) {
  await writeFile(schemaPath, schemaText());
  console.log('wrote sandboxes/cluster.schema.json');
}
