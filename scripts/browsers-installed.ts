// The browsers besides Chromium that the site and the engine are tried in, where they are installed.
// Used by scripts/browsers.ts and tests/site/.
import { firefox } from './browsers-firefox.ts';
import type { Driven, RemoteBrowser } from './browsers-remote.ts';
import { webKit } from './browsers-webkit.ts';

export const remoteBrowsers: readonly RemoteBrowser<Driven>[] = [firefox, webKit];
