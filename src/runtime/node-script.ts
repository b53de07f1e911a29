// Code from text by Node's own scripts: evaluated again and again from one bytecode, so that every machine has
// functions of its own (see datacenter/node/script.ts for why). Called by node-thread.ts.
import { Script } from 'node:vm';
import type { CompileScript } from '../datacenter/datacenter.ts';

export const nodeScript: CompileScript = (text, filename) => {
  const script = new Script(text, { filename });
  return () => script.runInThisContext();
};
