// Results of a conformance run as data and as a table. Pure: it runs nothing and prints nothing.
// Called by conformance.ts.
import type { Baseline } from './baseline.ts';
import type { TestFile } from './tests.ts';

export interface ModuleResult {
  applicable: number;
  passed: number;
  failed: { readonly test: string; readonly reason: string }[];
}

export interface ConformanceResult {
  applicable: number;
  passed: number;
  modules: Record<string, ModuleResult>;
  /** Tests that do not count: file to reason. */
  notApplicable: Record<string, string>;
}

export function resultOf(
  files: readonly TestFile[],
  baselines: ReadonlyMap<string, Baseline>,
  reasons: ReadonlyMap<string, string | null>,
): ConformanceResult {
  const result: ConformanceResult = { applicable: 0, passed: 0, modules: {}, notApplicable: {} };
  for (const { file, module } of files) {
    const baseline = baselines.get(file);
    if (baseline?.verdict !== 'applicable') {
      result.notApplicable[file] = whyNot(baseline);
      continue;
    }
    const of = result.modules[module] ?? { applicable: 0, passed: 0, failed: [] };
    result.modules[module] = of;
    const reason = reasons.get(file);
    result.applicable++;
    of.applicable++;
    if (reason === null) {
      result.passed++;
      of.passed++;
    } else of.failed.push({ test: file, reason: reason ?? 'it was not run' });
  }
  return result;
}

function whyNot(baseline: Baseline | undefined): string {
  switch (baseline?.verdict) {
    case 'programs':
      return `starts programs other than Node: ${baseline.why}`;
    case 'skipped':
      return `skips itself on real Node: ${baseline.why}`;
    default:
      return `does not pass on real Node: ${baseline?.why ?? 'it was not run'}`;
  }
}

export function tableOf(result: ConformanceResult): string {
  const row = (name: string, { applicable, passed }: { applicable: number; passed: number }): string =>
    `${name.padEnd(22)}${String(applicable).padStart(10)}${String(passed).padStart(8)}${`${percent(passed, applicable)}%`.padStart(8)}`;
  const modules = Object.entries(result.modules).sort(([a], [b]) => (a < b ? -1 : 1));
  const lines = [
    `${'module'.padEnd(22)}applicable  passed`,
    ...modules.map(([name, each]) => row(name, each)),
    row('all', result),
  ];
  for (const [name, { failed }] of modules) {
    if (failed.length === 0) continue;
    lines.push('', `${name}: not passed`);
    for (const { test, reason } of failed) lines.push(`  ${test}: ${reason}`);
  }
  const left = Object.entries(result.notApplicable);
  if (left.length > 0)
    lines.push('', 'not applicable', ...left.map(([test, reason]) => `  ${test}: ${reason}`));
  return `${lines.join('\n')}\n`;
}

function percent(part: number, whole: number): string {
  return whole === 0 ? '-' : ((100 * part) / whole).toFixed(1);
}
