// The line above the chapter in the player: how much of it is read and answered, and what the learning platform knows.
// Texts only; its HTML is written by teaching/lms/launch.ts. Called by player.ts.
import type { Counts } from './standing.ts';

export interface Bar {
  count(counts: Counts): void;
  say(words: string, how: 'well' | 'wrong' | 'alone'): void;
  /** What is shown in the frame instead of the chapter; '' for the chapter. */
  showElsewhere(title: string): void;
  offerExit(address: string): void;
}

export function openBar(): Bar {
  const part = (id: string): HTMLElement => {
    const found = document.getElementById(id);
    if (found === null) throw new Error(`expected #${id} in the player's page, found none`);
    return found;
  };
  const [counts, said, exit, aside] = [part('counts'), part('said'), part('exit'), part('aside')];
  return {
    count({ read, sections, answered, questions, right }) {
      const quiz = ` · answered ${answered} of ${questions}, ${right} right`;
      counts.textContent = `Read ${read} of ${sections}${questions === 0 ? '' : quiz}`;
    },
    say(words, how) {
      said.dataset['how'] = how;
      if (said.textContent !== words) said.textContent = words;
    },
    showElsewhere(title) {
      aside.textContent =
        title === '' ? '' : `You are in “${title}”: what you do there counts when your platform opens it.`;
    },
    offerExit(address) {
      const link = document.createElement('a');
      link.href = address;
      link.textContent = 'Back to the platform';
      exit.replaceChildren(link);
    },
  };
}
