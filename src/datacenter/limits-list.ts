// data table: how much a cluster, a deed or a program may ask for, with the constants that hold it. The engine's page
// lists it; nothing here limits anything by itself. Exported by datacenter.ts.
import { CORES_MAX, DISK_MS_MAX, INPUT_CHARACTERS_MAX, MACHINES_MAX, MEMORY_MIB_MAX } from './limits.ts';
import { KILOBITS_PER_SECOND_MAX, LATENCY_MS_MAX } from './limits-links.ts';
import { LARGE_BUFFER_BYTES } from './machine/memory.ts';
import { PROCESSES_MAX } from './machine/process-table.ts';
import { DATAGRAM_BYTES_MAX } from './machine/udp.ts';
import { HANDLES_MAX } from './node/bindings/handle-wrap.ts';
import { OPEN_FILES_MAX } from './node/bindings/open-files.ts';
import { STEPS_MAX } from './node/loader/guard.ts';
import { CHARACTERS_IN_A_TURN_MAX, TEXT_CHARACTERS_MAX, WRITES_IN_A_TURN_MAX } from './node/output.ts';

export interface Limit {
  readonly name: string;
  readonly most: number;
  readonly unit: string;
  /** What happens beyond it. */
  readonly beyond: string;
}

const REFUSED = 'the boot or the deed is refused';

export const LIMITS: readonly Limit[] = [
  { name: 'machines of a cluster', most: MACHINES_MAX, unit: '', beyond: REFUSED },
  { name: 'cores of a machine', most: CORES_MAX, unit: '', beyond: REFUSED },
  { name: 'memory of a machine', most: MEMORY_MIB_MAX, unit: 'MiB', beyond: REFUSED },
  { name: 'latency, jitter or delay', most: LATENCY_MS_MAX, unit: 'ms', beyond: REFUSED },
  { name: 'width of a link', most: KILOBITS_PER_SECOND_MAX, unit: 'kbit/s', beyond: REFUSED },
  { name: 'slowness of a disk', most: DISK_MS_MAX, unit: 'ms', beyond: REFUSED },
  { name: 'characters typed at once', most: INPUT_CHARACTERS_MAX, unit: '', beyond: REFUSED },
  {
    name: 'calls and rounds of loops in one turn of a program',
    most: STEPS_MAX,
    unit: '',
    beyond: 'an error with file and line, so that a loop without end does not hang the page',
  },
  {
    name: 'bytes of a buffer that is taken to come and go',
    most: LARGE_BUFFER_BYTES,
    unit: 'bytes',
    beyond:
      'on a machine with `memoryMiB` it counts until its process ends: nobody can see when it is collected',
  },
  { name: 'processes of a machine', most: PROCESSES_MAX, unit: '', beyond: 'EAGAIN' },
  { name: 'sockets and pipes of a process', most: HANDLES_MAX, unit: '', beyond: 'EMFILE' },
  { name: 'open files of a process', most: OPEN_FILES_MAX, unit: '', beyond: 'EMFILE' },
  { name: 'bytes of a datagram', most: DATAGRAM_BYTES_MAX, unit: 'bytes', beyond: 'EMSGSIZE' },
  {
    name: 'writes to the console in one turn',
    most: WRITES_IN_A_TURN_MAX,
    unit: '',
    beyond: 'left out, which is said',
  },
  {
    name: 'characters on the console in one turn',
    most: CHARACTERS_IN_A_TURN_MAX,
    unit: '',
    beyond: 'left out, which is said',
  },
  {
    name: 'characters of one text on the console',
    most: TEXT_CHARACTERS_MAX,
    unit: '',
    beyond: 'cut, which is said',
  },
];
