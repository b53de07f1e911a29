// data table: the course's parts and chapters, in order, with a sentence each (design of the course).
// A chapter is complete when content/chapters/<number>-<slug>/ exists; nothing else decides that.
// Used by the pages, by chapter.ts and by the house tests.

export interface CourseChapter {
  readonly number: number;
  readonly slug: string;
  readonly title: string;
  readonly about: string;
}
export interface CoursePart {
  readonly number: 'I' | 'II' | 'III' | 'IV';
  readonly title: string;
  readonly chapters: readonly CourseChapter[];
}

export const course: readonly CoursePart[] = [
  {
    number: 'I',
    title: 'Where code lives',
    chapters: [
      {
        number: 1,
        slug: 'a-program-others-can-call',
        title: 'A program others can call',
        about:
          'An HTTP service with a file for a database. Kill it in the middle of a write and see what was kept.',
      },
      {
        number: 2,
        slug: 'shared-hosting',
        title: 'Whose computer?',
        about:
          'Universities, hobbyists and shared hosting: ten tenants on one server, and what one busy tenant does to nine.',
      },
      {
        number: 3,
        slug: 'dedicated',
        title: 'A machine of your own',
        about:
          'Dedicated and colocated machines: availability, and capacity that can be bought only in steps.',
      },
      {
        number: 4,
        slug: 'virtualization',
        title: 'One machine pretending to be many',
        about:
          'A hypervisor over a small processor: guests, a scheduler, and a guest that writes where it may not.',
      },
      {
        number: 5,
        slug: 'cloud',
        title: 'Computers by API',
        about: 'A control plane that makes and ends machines, and an autoscaling group that comes too late.',
      },
      {
        number: 6,
        slug: 'choosing-a-host',
        title: 'What to look for in a host',
        about: 'Reachability, ‘unlimited’, and file transfer with someone listening on the wire.',
      },
    ],
  },
  {
    number: 'II',
    title: 'Names and services',
    chapters: [
      {
        number: 7,
        slug: 'services',
        title: 'One product, many services',
        about: 'A product split by what its parts need: an app, members, email, sockets, events.',
      },
      {
        number: 8,
        slug: 'dns',
        title: 'DNS',
        about:
          'An authoritative server and a caching resolver; moving a name without losing those who still use the old one.',
      },
    ],
  },
  {
    number: 'III',
    title: 'Scaling',
    chapters: [
      {
        number: 9,
        slug: 'scaling-up',
        title: 'Up: a bigger machine',
        about: 'Cores, queues and their limits: why a server that is 90% busy is already slow.',
      },
      {
        number: 10,
        slug: 'scaling-out',
        title: 'Out: more machines',
        about: 'The same shop on one big machine and on several small ones, compared by running both.',
      },
      {
        number: 11,
        slug: 'load-balancing',
        title: 'Load balancing',
        about:
          'A balancer, three apps, and a machine that dies: who gets the requests, who notices, and what is lost meanwhile.',
      },
      {
        number: 12,
        slug: 'clones',
        title: 'Clones and sessions',
        about: 'What a server must not remember if any of its copies is to take the next request.',
      },
      {
        number: 13,
        slug: 'caching',
        title: 'Caching',
        about: 'Hit ratios, eviction, and the stampede when a popular entry expires.',
      },
      {
        number: 14,
        slug: 'replication',
        title: 'Replication',
        about: 'Copies of data, how far they lag, and what is lost when the first copy dies.',
      },
      {
        number: 15,
        slug: 'consensus',
        title: 'Consensus',
        about: 'Five machines that agree on one history while two of them are down.',
      },
      {
        number: 16,
        slug: 'partitioning',
        title: 'Partitioning',
        about: 'Data cut into parts, parts moved between machines, and the one key that everybody wants.',
      },
      {
        number: 17,
        slug: 'cdn',
        title: 'CDN and object storage',
        about: 'Copies at the edge of the network, when they may be used, and how to take one back.',
      },
    ],
  },
  {
    number: 'IV',
    title: 'Running it',
    chapters: [
      {
        number: 18,
        slug: 'environments',
        title: 'Environments and deploys',
        about: 'Staging, blue-green and canary: a bad release seen by a few instead of by all.',
      },
      {
        number: 19,
        slug: 'when-it-breaks',
        title: 'When it breaks',
        about: 'Timeouts, retries that multiply, backups, and the restore that nobody tried.',
      },
      {
        number: 20,
        slug: 'people',
        title: 'People',
        about: 'On call with logs, metrics and a console: find the fault, mend it, and count what it cost.',
      },
      {
        number: 21,
        slug: 'capstone',
        title: 'Capstone: 100x Global',
        about: 'Your own architecture against a growing year of traffic and faults.',
      },
    ],
  },
];

export function partOf(number: number): CoursePart {
  const part = course.find((candidate) => candidate.chapters.some((chapter) => chapter.number === number));
  if (part === undefined)
    throw new Error(`Expected a chapter from 1 to 21, found ${number}: see src/build/course.ts.`);
  return part;
}

/** '11-load-balancing' */
export function folderOf(chapter: CourseChapter): string {
  return `${String(chapter.number).padStart(2, '0')}-${chapter.slug}`;
}
