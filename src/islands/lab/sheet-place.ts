// Where the cockpit has its tools: in rows below the bench, or on a phone as a sheet over it. Holds the parts of the
// sheet while it has a place, null otherwise; they are a chunk of their own, which wide screens never load.
// Asked for by mount.tsx before the cockpit stands; read by lab.tsx and tools.tsx.
import { signal } from '@preact/signals';
import type { ComponentType } from 'preact';
import type { LabStore } from './lab-store.ts';

export interface SheetParts {
  /** The bar at the foot of the screen. */
  readonly Dock: ComponentType<{ readonly store: LabStore }>;
  /** The first line of an open sheet. */
  readonly Head: ComponentType<{ readonly store: LabStore; readonly label: string }>;
}

export const sheet = signal<SheetParts | null>(null);

/** Below it (a phone on its side, a large zoom) a sheet would leave nothing of the bench. */
const windowHeightMin = 480;
let asked: Promise<void> | null = null;

export function fetchSheet(): Promise<void> {
  if (asked === null) {
    asked = look();
    // Asks again only when the width changes: a keyboard on the screen makes windows low as well.
    let width = innerWidth;
    addEventListener('resize', () => {
      if (width === innerWidth) return;
      width = innerWidth;
      void look();
    });
  }
  return asked;
}

async function look(): Promise<void> {
  const fits = matchMedia('(max-width: 40rem)').matches && innerHeight >= windowHeightMin;
  // Without its parts the tools stay in their rows.
  sheet.value = fits
    ? await import('./sheet.tsx').then(
        ({ parts }) => parts,
        () => null,
      )
    : null;
}
