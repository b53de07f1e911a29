// The names of the cockpit's tools, in the order of their buttons.
// Apart from tools.tsx so that the store can name what is open without knowing any component.

export const toolNames = ['code', 'dials', 'requests', 'console', 'watch', 'share'] as const;

export type ToolName = (typeof toolNames)[number];
