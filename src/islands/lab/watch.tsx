// The Watch tool: how busy each machine's CPU was in every second, as a number and a line. Opened by tools.tsx.
// Says so where the runtime cannot tell. The line is for the eye; the numbers beside it say the same in short.
import type { ToolProps } from './tools.tsx';

const secondsShown = 60;
const width = 240;
const height = 36;

export function Watch({ store }: ToolProps) {
  store.pulse.value;
  const { model } = store.session;
  const rows = store.data.cluster.machines.flatMap(({ name }) => {
    const shares = model.utilization.of(name);
    return shares === null ? [] : [{ name, shares: shares.slice(-secondsShown) }];
  });
  if (rows.length === 0) return <p class="ck-soft">Run the cluster to see how busy its machines are.</p>;
  return (
    <div class="ck-requests">
      <table class="ck-table" aria-label="How busy each machine is">
        <caption>CPU, of one core</caption>
        <thead>
          <tr>
            <th scope="col">name</th>
            <th scope="col" class="ck-number">
              last second
            </th>
            <th scope="col" class="ck-number">
              most
            </th>
            <th scope="col">last {secondsShown} s</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ name, shares }) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td class="ck-number" data-busy={name}>
                {percent(shares.at(-1))}
              </td>
              <td class="ck-number">{percent(shares.length === 0 ? undefined : Math.max(...shares))}</td>
              <td>
                <Line shares={shares} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p class="ck-soft">
        The share of each second of virtual time in which the machine computed. Near 100% its requests wait
        for one another: latency grows long before anything fails. The engine charges for work that waits for
        the clock to move; code that only passes something on costs nothing here, so a balancer shows 0%.
      </p>
    </div>
  );
}

function percent(share: number | undefined): string {
  return share === undefined ? '–' : `${Math.round(share * 100)}%`;
}

/** 0 at the foot, one core at the top. */
function Line({ shares }: { readonly shares: readonly number[] }) {
  const x = (index: number): number => (index / (secondsShown - 1)) * width;
  const y = (share: number): number => height - 1 - Math.min(1, share) * (height - 2);
  const path = shares.map(
    (share, index) => `${index === 0 ? 'M' : 'L'}${x(index).toFixed(1)} ${y(share).toFixed(1)}`,
  );
  return (
    <svg class="ck-spark" width={width} height={height} viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
      <path class="ck-spark-ground" d={`M0 ${height - 1}H${width}M0 1H${width}`} />
      <path d={path.join('')} />
    </svg>
  );
}
