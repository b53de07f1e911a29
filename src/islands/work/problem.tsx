// What is wrong with a link or a file, as expected, found and what to do; text only, for every word of it may be a
// stranger's. Called by page.tsx and hand-in-panel.tsx.
import type { Complaint } from '../../datacenter/contract.ts';

export function Problem({ complaint: { file, expected, found, fix } }: { readonly complaint: Complaint }) {
  return (
    <div class="failed" role="alert">
      {file !== undefined && <p>This could not be read: {file}.</p>}
      <dl class="work-problem">
        <dt>Expected</dt>
        <dd>{expected}</dd>
        <dt>Found</dt>
        <dd>{found}</dd>
        <dt>What to do</dt>
        <dd>{fix.charAt(0).toUpperCase() + fix.slice(1)}</dd>
      </dl>
    </div>
  );
}
