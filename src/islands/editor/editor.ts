// CodeMirror 6 as the lab uses it: one view, a state per file and version, TypeScript colors from the site's
// variables, a message below a line. Its own chunk, loaded when the code panel opens. Escape, then Tab leaves it.
import {
  defaultKeymap,
  history,
  historyKeymap,
  indentWithTab,
  temporarilySetTabFocusMode,
} from '@codemirror/commands';
import { javascript } from '@codemirror/lang-javascript';
import { bracketMatching, HighlightStyle, indentOnInput, syntaxHighlighting } from '@codemirror/language';
import { highlightSelectionMatches, searchKeymap } from '@codemirror/search';
import { EditorState, type Extension, StateEffect, StateField } from '@codemirror/state';
import {
  Decoration,
  type DecorationSet,
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
  WidgetType,
} from '@codemirror/view';
import { tags } from '@lezer/highlight';
import type { Complaint } from '../../datacenter/contract.ts';

export interface Shown {
  /** Names the state, so that undo lives on when the reader comes back: path and view. */
  readonly key: string;
  readonly path: string;
  readonly text: string;
  readonly readOnly: boolean;
}

export interface CodeEditor {
  show(shown: Shown): void;
  /** Forgets the states, so that the next show() takes the text it is given. */
  forget(): void;
  goTo(line: number, focus: boolean): void;
  complain(complaint: Complaint | null): void;
  /** Marks a line as mistaken, without a word: the words stand elsewhere, so that nothing jumps while one types. */
  mark(line: number | null): void;
  destroy(): void;
}

const colors = HighlightStyle.define([
  {
    tag: [tags.keyword, tags.controlKeyword, tags.definitionKeyword, tags.moduleKeyword],
    color: 'var(--keyword)',
  },
  { tag: [tags.string, tags.special(tags.string), tags.regexp], color: 'var(--literal)' },
  { tag: [tags.number, tags.bool, tags.null], color: 'var(--literal)' },
  { tag: tags.comment, color: 'var(--soft)', fontStyle: 'italic' },
  {
    tag: [tags.definition(tags.variableName), tags.function(tags.definition(tags.variableName))],
    fontWeight: '600',
  },
]);

const setComplaint = StateEffect.define<Complaint | null>();

class ComplaintWidget extends WidgetType {
  readonly #complaint: Complaint;

  constructor(complaint: Complaint) {
    super();
    this.#complaint = complaint;
  }

  override toDOM(): HTMLElement {
    const box = document.createElement('div');
    box.className = 'code-complaint';
    for (const [word, text] of [
      ['Expected', this.#complaint.expected],
      ['Found', this.#complaint.found],
      ['Fix', this.#complaint.fix],
    ]) {
      const line = document.createElement('div');
      const label = document.createElement('b');
      label.textContent = `${word} `;
      line.append(label, text ?? '');
      box.append(line);
    }
    return box;
  }
}

const complaintField = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(decorations, transaction) {
    let next = decorations.map(transaction.changes);
    for (const effect of transaction.effects) {
      if (!effect.is(setComplaint)) continue;
      if (effect.value === null) {
        next = Decoration.none;
        continue;
      }
      const number = Math.min(Math.max(1, effect.value.line ?? 1), transaction.state.doc.lines);
      const line = transaction.state.doc.line(number);
      next = Decoration.set([
        Decoration.line({ class: 'code-wrong' }).range(line.from),
        Decoration.widget({ widget: new ComplaintWidget(effect.value), block: true, side: 1 }).range(line.to),
      ]);
    }
    return next;
  },
  provide: (field) => EditorView.decorations.from(field),
});

const setMark = StateEffect.define<number | null>();

const markField = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(decorations, transaction) {
    let next = decorations.map(transaction.changes);
    for (const effect of transaction.effects) {
      if (!effect.is(setMark)) continue;
      const { doc } = transaction.state;
      const line = effect.value === null ? null : doc.line(Math.min(Math.max(1, effect.value), doc.lines));
      next =
        line === null
          ? Decoration.none
          : Decoration.set([Decoration.line({ class: 'code-typed' }).range(line.from)]);
    }
    return next;
  },
  provide: (field) => EditorView.decorations.from(field),
});

function extensions(path: string, readOnly: boolean, changed: (text: string) => void): Extension[] {
  const version = readOnly ? ', read only' : ', my version';
  return [
    lineNumbers(),
    highlightActiveLineGutter(),
    history(),
    drawSelection(),
    indentOnInput(),
    bracketMatching(),
    highlightActiveLine(),
    highlightSelectionMatches(),
    syntaxHighlighting(colors),
    javascript({ typescript: true }),
    complaintField,
    markField,
    keymap.of([
      { key: 'Escape', run: temporarilySetTabFocusMode },
      ...defaultKeymap,
      ...historyKeymap,
      ...searchKeymap,
      indentWithTab,
    ]),
    EditorState.readOnly.of(readOnly),
    EditorView.contentAttributes.of({
      'aria-label': `${path}${version}. Escape, then Tab leaves the editor.`,
      tabindex: '0',
      spellcheck: 'false',
      autocapitalize: 'off',
    }),
    EditorView.updateListener.of((update) => {
      if (update.docChanged && !readOnly) changed(update.state.doc.toString());
    }),
  ];
}

/** Puts an editor into `parent`. `typed` is called with every change that the reader makes. */
export function createEditor(parent: HTMLElement, typed: (path: string, text: string) => void): CodeEditor {
  const states = new Map<string, EditorState>();
  const view = new EditorView({ parent });
  let current = '';
  const makeState = ({ path, text, readOnly }: Shown): EditorState =>
    EditorState.create({ doc: text, extensions: extensions(path, readOnly, (now) => typed(path, now)) });
  return {
    show(shown) {
      if (shown.key === current) return;
      if (current !== '') states.set(current, view.state);
      current = shown.key;
      view.setState(states.get(shown.key) ?? makeState(shown));
    },
    forget() {
      states.clear();
      current = '';
    },
    goTo(line, focus) {
      const { doc } = view.state;
      const { from } = doc.line(Math.min(Math.max(1, line), doc.lines));
      view.dispatch({
        selection: { anchor: from },
        effects: EditorView.scrollIntoView(from, { y: 'center' }),
      });
      if (focus) view.focus();
    },
    complain(complaint) {
      view.dispatch({ effects: setComplaint.of(complaint) });
    },
    mark(line) {
      view.dispatch({ effects: setMark.of(line) });
    },
    destroy() {
      view.destroy();
    },
  };
}
