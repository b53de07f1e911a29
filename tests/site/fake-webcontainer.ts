// A WebContainer for tests: in the page a module with the published API's shape in place of the real one's chunk, and
// behind it real Node in the test's process, with a real file tree and the real supervisor. As the real one it gives a
// process a terminal, which shows what is typed and ends lines with CR LF; as the real one it allows one instance.
// `how` makes it fail in the ways that it can. Used by webcontainer.spec.ts.
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Page, WebSocketRoute } from '@playwright/test';
import type { FileSystemTree } from '@webcontainer/api';

export type How = 'works' | 'hangs' | 'throws' | 'is not loaded';

/** What page and test say to each other, one JSON value a message. */
type FromPage =
  | { readonly kind: 'mount'; readonly call: number; readonly tree: FileSystemTree }
  | { readonly kind: 'spawn'; readonly call: number; readonly args: readonly string[]; readonly cwd: string }
  | { readonly kind: 'type'; readonly id: number; readonly text: string }
  | { readonly kind: 'kill'; readonly id: number }
  | { readonly kind: 'rm'; readonly call: number; readonly path: string };

/** The module that the page gets. Plain JavaScript: it takes the place of a built file. */
const moduleText = (how: How): string => `
let booted = null;
const calls = new Map(), processes = new Map();
let next = 0, socket, heardPort = () => {};
const ask = (message) => new Promise((resolve) => {
  calls.set(++next, resolve);
  socket.send(JSON.stringify({ ...message, call: next }));
});
function hear({ data }) {
  const message = JSON.parse(data);
  if (message.call !== undefined) calls.get(message.call)(message);
  else if (message.kind === 'port') heardPort(message.port, 'open', 'https://port-' + message.port + '.webcontainer-api.io/item?id=1');
  else if (message.kind === 'output') processes.get(message.id).push(message.text);
  else if (message.kind === 'exit') processes.get(message.id).exit(message.code);
}
export class WebContainer {
  fs = { rm: (path) => ask({ kind: 'rm', path }) };
  static async boot(options) {
    globalThis.webContainerBoots = (globalThis.webContainerBoots ?? 0) + 1;
    if (booted) throw new Error('Only a single WebContainer instance can be booted');
    if (${JSON.stringify(how)} === 'hangs') return new Promise(() => {});
    if (${JSON.stringify(how)} === 'throws') throw new Error('Failed to read the storage: access is denied');
    socket = new WebSocket('ws://' + location.host + '/fake-webcontainer');
    socket.onmessage = hear;
    await new Promise((resolve) => { socket.onopen = resolve; });
    return booted = new WebContainer();
  }
  mount(tree) { return ask({ kind: 'mount', tree }); }
  async spawn(command, args, { cwd }) {
    const { id } = await ask({ kind: 'spawn', args, cwd });
    let push, close, exit;
    const output = new ReadableStream({ start: (control) => {
      push = (text) => control.enqueue(text);
      close = () => control.close();
    } });
    const exited = new Promise((resolve) => { exit = resolve; });
    processes.set(id, { push, exit: (code) => { close(); exit(code); } });
    const input = new WritableStream({ write: (text) => socket.send(JSON.stringify({ kind: 'type', id, text })) });
    return { input, output, exit: exited, kill: () => socket.send(JSON.stringify({ kind: 'kill', id })), resize() {} };
  }
  on(event, listener) { if (event === 'port') heardPort = listener; return () => {}; }
  teardown() { booted = null; }
}
`;

export class FakeWebContainer {
  readonly folder = mkdtempSync(join(tmpdir(), 'fake-webcontainer-'));
  readonly processes: ChildProcess[] = [];

  /** Puts the fake in place of the API's chunk, wherever the build put that. */
  async put(page: Page, how: How): Promise<void> {
    const chunks = new URL('../../dist/_astro/', import.meta.url);
    const name = readdirSync(chunks).find(
      (each) =>
        each.endsWith('.js') &&
        readFileSync(new URL(each, chunks), 'utf8').includes('WEBCONTAINER_API_IFRAME_URL'),
    );
    if (name === undefined)
      throw new Error('expected a chunk with the API of WebContainer in dist/_astro, found none');
    await page.route(`**/_astro/${name}`, (route) =>
      how === 'is not loaded'
        ? route.abort()
        : route.fulfill({ contentType: 'text/javascript', body: moduleText(how) }),
    );
    await page.route('https://*.webcontainer-api.io/**', async (route) => {
      const { hostname, pathname, search } = new URL(route.request().url());
      const port = /^port-(\d+)\./.exec(hostname)?.[1];
      const answer = await fetch(`http://127.0.0.1:${port}${pathname}${search}`);
      await route.fulfill({ status: answer.status, contentType: 'text/plain', body: await answer.text() });
    });
    await page.routeWebSocket('**/fake-webcontainer', (socket) => this.#serve(socket));
  }

  async end(): Promise<void> {
    for (const child of this.processes) child.kill('SIGKILL');
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }

  #serve(socket: WebSocketRoute): void {
    const say = (message: object): void => socket.send(JSON.stringify(message));
    socket.onMessage((data) => {
      const message = JSON.parse(String(data)) as FromPage;
      if (message.kind === 'mount') {
        lay(this.folder, message.tree);
        say({ call: message.call });
      } else if (message.kind === 'spawn') {
        say({ call: message.call, id: this.#spawn(message, say) });
      } else if (message.kind === 'rm') {
        rmSync(join(this.folder, message.path), { recursive: true, force: true, maxRetries: 5 });
        say({ call: message.call });
      } else {
        const child = this.processes[message.id];
        if (message.kind === 'kill') child?.kill('SIGKILL');
        else {
          // A terminal shows what is typed.
          say({ kind: 'output', id: message.id, text: message.text.replaceAll('\n', '\r\n') });
          child?.stdin?.write(message.text);
        }
      }
    });
  }

  #spawn({ args, cwd }: Extract<FromPage, { kind: 'spawn' }>, say: (message: object) => void): number {
    const child = spawn(process.execPath, [...args], { cwd: join(this.folder, cwd), stdio: 'pipe' });
    const id = this.processes.push(child) - 1;
    let boot: string | null = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8');
      stream.on('data', (text: string) => {
        say({ kind: 'output', id, text: text.replaceAll('\n', '\r\n') });
        if (boot !== null) boot = sayPorts(boot + text, say);
      });
    }
    child.stdin.on('error', () => {});
    child.on('close', (code) => say({ kind: 'exit', id, code: code ?? 137 }));
    return id;
  }
}

/** The real one tells of each port that is listened on; here those that the supervisor hands out, once it has. */
function sayPorts(text: string, say: (message: object) => void): string | null {
  const places = /"places":\{[^}]*\}/.exec(text)?.[0];
  for (const [, port] of (places ?? '').matchAll(/127\.0\.0\.1:(\d+)/g))
    say({ kind: 'port', port: Number(port) });
  return places === undefined ? text : null;
}

function lay(folder: string, tree: FileSystemTree): void {
  for (const [name, node] of Object.entries(tree)) {
    const path = join(folder, name);
    if ('directory' in node) {
      mkdirSync(path, { recursive: true });
      lay(path, node.directory);
    } else if ('contents' in node.file) {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, node.file.contents);
    }
  }
}
