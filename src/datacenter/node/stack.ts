// Reads stack traces as engines print them: function, file, line and column of each frame.
// V8's form (`    at f (file:1:2)`) and that of Firefox and WebKit (`f@file:1:2`). Where the loader changed a line,
// columns are those of the file. Refuses no form: a line that it does not know is no frame.

import type { Disk } from '../machine/disk.ts';
import type { Realm } from './realm.ts';
import { utf8Text } from './text.ts';

export interface Frame {
  readonly functionName: string;
  readonly scriptName: string;
  /** From 1. */
  readonly lineNumber: number;
  readonly column: number;
}

const V8_FRAME = /^\s+at (?:(?:async )?(.*?) \()?(?:async )?(.*?):(\d+):(\d+)\)?$/;
const OTHER_FRAME = /^(.*?)@(.*?):(\d+):(\d+)$/;

/** Frames of a stack, innermost first, without those in other forms. */
export function framesOf(stack: string): Frame[] {
  const frames: Frame[] = [];
  for (const line of stack.split('\n')) {
    const match = V8_FRAME.exec(line) ?? OTHER_FRAME.exec(line);
    if (match === null) continue;
    const [, functionName = '', scriptName = '', lineNumber = '0', column = '0'] = match;
    frames.push({ functionName, scriptName, lineNumber: Number(lineNumber), column: Number(column) });
  }
  return frames;
}

function nameOf(scriptName: string, commonJs: object): string {
  const path = scriptName.replace(/^file:\/\//, '');
  return path in commonJs ? path : scriptName;
}

/** What util.getCallSites gives of frames. CommonJS modules go by their paths. */
export const callSitesOf = (frames: readonly Frame[], commonJs: object): object[] =>
  frames.map((frame) => ({
    ...frame,
    scriptName: nameOf(frame.scriptName, commonJs),
    scriptId: '0',
    columnNumber: frame.column,
  }));

/** What stands before a frame on its line, as the file has it; null where it is not known: in code that runs as jobs. */
export const sourceBefore = ({ jobs, options }: Realm, frame: Frame): string | null =>
  jobs === null ? options.code.sourceBefore(frame) : null;

/** The frame with the column that its file has. An imported name counts as its module exports it. */
export const inSource = (realm: Realm, frame: Frame): Frame => ({
  ...frame,
  column: (sourceBefore(realm, frame)?.length ?? frame.column - 1) + 1,
});

/** The innermost frame in a file of the program: `file:///srv/…`. */
export function programFrame(stack: string): Frame | undefined {
  return framesOf(stack).find((frame) => /^(?:file:\/\/)?\/srv\//.test(frame.scriptName));
}

/** The line of the program that a frame stands at. */
export function sourceLine(disk: Disk, frame: Frame): string | undefined {
  const node = disk.find(frame.scriptName.replace(/^file:\/\//, ''));
  if (typeof node === 'string' || node.kind !== 'file') return undefined;
  return utf8Text(node.bytes).split('\n')[frame.lineNumber - 1];
}

/** The line of the program where an error was made, with a caret below it; empty where it is not known. */
export function sourcePlace(error: Error, realm: Realm): string {
  const [frame] = framesOf(String(error.stack));
  if (frame === undefined || frame.scriptName.startsWith('node:') || error instanceof SyntaxError) return '';
  const line = sourceLine(realm.machine.disk, frame);
  if (line === undefined) return '';
  return `${frame.scriptName}:${frame.lineNumber}\n${line}\n${' '.repeat(Math.max(0, inSource(realm, frame).column - 1))}^\n\n`;
}
