// The names of the cockpit's tools, in the order of their buttons, and what is written on these.
// Apart from tools.tsx so that the store can name what is open without knowing any component.

export const toolLabels = {
  code: 'Code',
  dials: 'Dials',
  requests: 'Requests',
  console: 'Console',
  watch: 'Watch',
  where: 'Runs in',
  share: 'Share',
} as const;

export type ToolName = keyof typeof toolLabels;

export const toolNames = Object.keys(toolLabels).filter(isTool);

/** On a phone two more things come as a sheet: the tables of machines and links, and the list of tools. */
export type OpenName = ToolName | 'break' | 'tools';

export function isTool(name: string | null): name is ToolName {
  return name !== null && name in toolLabels;
}
