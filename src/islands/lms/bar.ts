// The line above the chapter in the player: how much of it is read and answered, and what the learning platform knows.
// Texts only; its HTML is written by teaching/lms/launch.ts. Called by player.ts.
import type { Counts } from './standing.ts';

export interface Bar {
  count(counts: Counts): void;
  say(words: string, how: 'well' | 'wrong' | 'alone'): void;
  offerExit(address: string): void;
}

export function openBar(): Bar {
  const part = (id: string): HTMLElement => {
    const found = document.getElementById(id);
    if (found === null) throw new Error(`expected #${id} in the player's page, found none`);
    return found;
  };
  const [counts, said, exit] = [part('counts'), part('said'), part('exit')];
  return {
    count({ read, sections, answered, questions, right }) {
      const quiz = ` · answered ${answered} of ${questions}, ${right} right`;
      counts.textContent = `Read ${read} of ${sections}${questions === 0 ? '' : quiz}`;
    },
    say(words, how) {
      said.dataset['how'] = how;
      if (said.textContent !== words) said.textContent = words;
    },
    offerExit(address) {
      const link = document.createElement('a');
      link.href = address;
      link.textContent = 'Back to the platform';
      exit.replaceChildren(link);
    },
  };
}
