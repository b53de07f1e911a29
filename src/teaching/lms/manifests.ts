// The manifest of a package in each standard: imsmanifest.xml of SCORM 1.2 and of SCORM 2004 4th Edition, cmi5.xml. One
// unit for each chapter, started by its own page. Pure. Sources: SCORM 1.2 CAM 2.3, SCORM 2004 4th Edition CAM 3.4,
// cmi5 (Quartz) 13. Called by package.ts.
import type { Standard } from './launch-data.ts';
import { document, element, textElement } from './xml.ts';

export interface Unit {
  readonly slug: string;
  readonly title: string;
  readonly about: string;
  /** Its page in the package. */
  readonly start: string;
}
export interface Course {
  /** Part of identifiers: letters, digits, '-'. */
  readonly id: string;
  readonly title: string;
  readonly about: string;
  readonly units: readonly Unit[];
  /** Every file of the package but the manifest. */
  readonly files: readonly string[];
  /** An address under which cmi5 names the course; nothing is ever fetched from it. */
  readonly iri: string;
}

export function manifestOf(
  standard: Standard,
  course: Course,
): { readonly path: string; readonly text: string } {
  if (standard === 'cmi5') return { path: 'cmi5.xml', text: document(cmi5(course)) };
  return { path: 'imsmanifest.xml', text: document(scorm(standard, course)) };
}

const shapes = {
  'scorm-1.2': {
    version: '1.2',
    type: 'adlcp:scormtype',
    names: {
      xmlns: 'http://www.imsproject.org/xsd/imscp_rootv1p1p2',
      'xmlns:adlcp': 'http://www.adlnet.org/xsd/adlcp_rootv1p2',
    },
  },
  'scorm-2004': {
    version: '2004 4th Edition',
    type: 'adlcp:scormType',
    names: {
      xmlns: 'http://www.imsglobal.org/xsd/imscp_v1p1',
      'xmlns:adlcp': 'http://www.adlnet.org/xsd/adlcp_v1p3',
      'xmlns:imsss': 'http://www.imsglobal.org/xsd/imsss',
    },
  },
} as const;

function scorm(standard: 'scorm-1.2' | 'scorm-2004', course: Course): string {
  const { version, type, names } = shapes[standard];
  const { id, title, units, files } = course;
  const starts = new Set(units.map(({ start }) => start));
  const shared = files.filter((path) => !starts.has(path));
  return element(
    'manifest',
    { identifier: id, version: '1.0', ...names },
    element(
      'metadata',
      {},
      textElement('schema', {}, 'ADL SCORM'),
      textElement('schemaversion', {}, version),
    ),
    element(
      'organizations',
      { default: 'course' },
      element(
        'organization',
        { identifier: 'course' },
        textElement('title', {}, title),
        ...units.map((unit) =>
          element(
            'item',
            { identifier: `item-${unit.slug}`, identifierref: `unit-${unit.slug}` },
            textElement('title', {}, unit.title),
            ...(standard === 'scorm-2004' ? [toldByTheUnit] : []),
          ),
        ),
        ...(standard === 'scorm-2004' ? [freely] : []),
      ),
    ),
    element(
      'resources',
      {},
      ...units.map(({ slug, start }) =>
        element(
          'resource',
          { identifier: `unit-${slug}`, type: 'webcontent', [type]: 'sco', href: start },
          element('file', { href: start }),
          element('dependency', { identifierref: 'shared' }),
        ),
      ),
      element(
        'resource',
        { identifier: 'shared', type: 'webcontent', [type]: 'asset' },
        ...shared.map((href) => element('file', { href })),
      ),
    ),
  );
}

/** Chapters in any order, and from one to the next. */
const freely = element(
  'imsss:sequencing',
  {},
  element('imsss:controlMode', { choice: 'true', flow: 'true' }),
);
/** Without these a platform calls a unit complete and satisfied that says nothing of it. */
const toldByTheUnit = element(
  'imsss:sequencing',
  {},
  element('imsss:deliveryControls', { completionSetByContent: 'true', objectiveSetByContent: 'true' }),
);

function cmi5({ title, about, units, iri }: Course): string {
  const words = (name: string, text: string) =>
    element(name, {}, textElement('langstring', { lang: 'en' }, text));
  return element(
    'courseStructure',
    { xmlns: 'https://w3id.org/xapi/profiles/cmi5/v1/CourseStructure.xsd' },
    element('course', { id: iri }, words('title', title), words('description', about)),
    ...units.map((unit) =>
      element(
        'au',
        { id: `${iri}/${unit.slug}`, moveOn: 'Completed', launchMethod: 'AnyWindow' },
        words('title', unit.title),
        words('description', unit.about),
        textElement('url', {}, unit.start),
      ),
    ),
  );
}
