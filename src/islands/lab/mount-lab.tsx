// Puts a cockpit into an element: given data and a runtime, knows nothing of pages or addresses.
// Called by mount.tsx for chapters and by the tests' harness with a runtime of their own.
import { render } from 'preact';
import type { Runtime } from '../../runtime/runtime.ts';
import type { Checker } from './checker.ts';
import type { LabData, LabHandle } from './data.ts';
import { openExercise } from './exercise.tsx';
import { Lab } from './lab.tsx';
import { LabStore } from './lab-store.ts';
import { dress } from './styles.ts';

export function mountLab(element: HTMLElement, data: LabData, runtime: Runtime, checker: Checker): LabHandle {
  dress();
  const store = new LabStore(data, runtime);
  render(<Lab store={store} checker={checker} />, element);
  return {
    run: () => store.run(),
    openCode: (path, line) => store.openCode(path, line),
    openExercise: (name) => openExercise(store, name),
    openLink: (fragment) => {
      if (fragment.startsWith('#local=')) store.tool.value = 'where';
      else void store.shared.read(fragment);
    },
    destroy: () => {
      store.destroy();
      render(null, element);
    },
  };
}
