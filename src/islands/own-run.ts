// The reader's own run, told by the lab of a page to the other islands of that page, about once a second of the run.
// Holds nothing of the engine and asks nothing of it. Written by lab/lab-store.ts, read by predict/mount.tsx.
import { signal } from '@preact/signals';
import type { OwnRun } from '../grading/own-run.ts';

export const ownRun = signal<OwnRun | null>(null);
