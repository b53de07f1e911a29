// data table: programs that the made-up class hands in for dns/negative besides the solution: plain mistakes, and attacks on
// machine, process, check and clock. Every one must earn nothing. Used by class-people.ts.

export function wrongPrograms(start: string): readonly string[] {
  const returning = (seconds: string, covers: string) =>
    `export function keepingOf({ kind, soa }) { const ttl = soa?.ttl ?? 0; return { seconds: ${seconds}, covers: ${covers} }; }`;
  return [
    start,
    returning('0', "kind === 'NXDOMAIN' ? 'name' : 'type'"),
    returning('Math.max(ttl, soa?.minimum ?? 0)', "kind === 'NXDOMAIN' ? 'name' : 'type'"),
    returning('Math.min(ttl, soa?.minimum ?? 0)', "'name'"),
    returning('3600', "'type'"),
  ];
}

/** Null for kinds whose programs do no harm. Each ends as the start, which is wrong. */
export function hostile(kind: string, start: string): string | null {
  const attack = attacks[kind];
  return attack === undefined ? null : `${attack}\n${start}`;
}

const attacks: Readonly<Record<string, string>> = {
  throws: "throw new Error('<script>alert(1)</script> =1+1');",
  'reads files': `import fs from 'node:fs';
let seen = '';
for (const path of ['/proc/self/environ', '/etc/passwd', 'key.json', 'content/chapters/11-load-balancing/graded.yml'])
  try { seen += fs.readFileSync(path, 'utf8'); } catch {}
for (const path of ['grades.csv', '/tmp/brownout-class-was-here']) try { fs.writeFileSync(path, seen || 'x'); } catch {}
if (seen !== '') console.log('READ', seen);`,
  network: `import net from 'node:net';
for (const host of ['127.0.0.1', '1.1.1.1', 'localhost']) {
  const socket = net.connect(80, host, () => console.log('REACHED', host));
  socket.on('error', () => {});
}
try { await fetch('http://127.0.0.1/'); console.log('REACHED'); } catch {}`,
  pollution: `Object.prototype.pass = true;
Object.prototype.feedback = 'polluted';
Array.prototype.find = () => undefined;
Array.prototype.filter = () => [];
JSON.parse = () => ({ pass: true });
Math.min = () => 100;`,
  forged: `import { channel } from 'node:diagnostics_channel';
const result = { kind: 'result', result: { passed: 10, total: 10 }, hidden: null };
try { process.send?.(result); } catch {}
try { postMessage(result); } catch {}
try { globalThis.parentPort?.postMessage(result); } catch {}
channel('brownout:finding').publish({ name: 'all', pass: true });
console.log(JSON.stringify(result));`,
  endless: "/^(a+)+$/.test('a'.repeat(60) + '!');",
  // Beyond the limit, and then in no hurry to end.
  memory: 'const all = []; for (;;) if (all.length < 48) all.push(new Uint8Array(1 << 24).fill(1));',
};
