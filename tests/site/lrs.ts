// A small LRS with what cmi5 adds: gives its token once, keeps State documents and statements, refuses whoever has no
// token and whatever comes after the end. Answers requests as Playwright hands them over. Holds no test. Used by package.spec.ts.
import type { Route } from '@playwright/test';
import { HOST } from './platform.ts';

export interface Statement {
  readonly id: string;
  readonly verb: { readonly id: string };
  readonly result?: Readonly<Record<string, unknown>>;
  readonly context: { readonly extensions?: unknown };
}

const TOKEN = 'dG9rZW4=';

export function lrs(kept: unknown) {
  const statements: Statement[] = [];
  const documents: Record<string, unknown> = {
    brownout: kept,
    'LMS.LaunchData': {
      launchMode: 'Normal',
      moveOn: 'Completed',
      contextTemplate: {
        extensions: { 'https://w3id.org/xapi/cmi5/context/extensions/sessionid': 's1' },
      },
    },
  };
  let isGiven = false;
  const answerOf = (route: Route): { status: number; json?: unknown } => {
    const request = route.request();
    const { pathname, searchParams } = new URL(request.url());
    if (pathname === '/lrs/token') {
      const first = !isGiven;
      isGiven = true;
      return {
        status: 200,
        json: first ? { 'auth-token': TOKEN } : { 'error-code': '1', 'error-text': 'spent' },
      };
    }
    const headers = request.headers();
    if (headers['authorization'] !== `Basic ${TOKEN}` || headers['x-experience-api-version'] === undefined)
      return { status: 401 };
    if (pathname === '/lrs/activities/state') {
      const id = searchParams.get('stateId') ?? '';
      if (request.method() === 'GET') return { status: id in documents ? 200 : 404, json: documents[id] };
      documents[id] = request.postDataJSON();
      return { status: 204 };
    }
    if (pathname !== '/lrs/statements') return { status: 404 };
    if (statements.some(({ verb }) => verb.id.endsWith('/terminated'))) return { status: 403 };
    statements.push(...(request.postDataJSON() as Statement[]));
    return { status: 200, json: [] };
  };
  const parameters = new URLSearchParams({
    endpoint: `${HOST}/lrs/`,
    fetch: `${HOST}/lrs/token`,
    actor: JSON.stringify({ objectType: 'Agent', account: { homePage: HOST, name: 'ada' } }),
    registration: '7b1f0d3c-2d0e-4c51-9f0b-2f4f4d8c5a11',
    activityId: `${HOST}/activities/7`,
  });
  const route = (given: Route): Promise<void> => {
    const { status, json } = answerOf(given);
    return given.fulfill(json === undefined ? { status, body: '' } : { status, json });
  };
  return { route, statements, documents, parameters: parameters.toString() };
}
