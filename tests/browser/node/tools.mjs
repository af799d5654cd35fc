// What `make browser-tools` installed, and talk with the test that started this program: one argument in, one answer out.

import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const { resolve } = createRequire(`${process.env.SULUH_BROWSER_TOOLS}/`);

/** A package, from the folder that the test names. */
export const load = (name) => import(pathToFileURL(resolve(name)).href);

export const asked = JSON.parse(process.argv[2]);

export const answer = (said) => process.stdout.write(JSON.stringify(said));
