/**
 * Makes node_modules what package-lock.json says, with `npm ci` where it is not. Uses nothing but Node, and writes to
 * stderr only, so that a door's stdout stays its own.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../../', import.meta.url));
export const CACHE = join(ROOT, 'node_modules/.cache/pagescope');

const MINIMUM_NODE = [20, 19];

function requireNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > MINIMUM_NODE[0] || (major === MINIMUM_NODE[0] && minor >= MINIMUM_NODE[1])) return;
  process.stderr.write(`Pagescope needs Node ${MINIMUM_NODE.join('.')} or newer; this is ${process.versions.node}.\n`);
  process.exit(1);
}

/** Compares the lock file with the copy npm keeps of what it installed. Optional packages may be absent. */
function isUpToDate() {
  const installedLock = join(ROOT, 'node_modules/.package-lock.json');
  if (!existsSync(installedLock)) return false;
  const wanted = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')).packages;
  const installed = JSON.parse(readFileSync(installedLock, 'utf8')).packages;
  return Object.entries(wanted).every(([path, { version, optional }]) => {
    if (path === '') return true;
    const found = installed[path];
    return found === undefined ? optional === true : found.version === version;
  });
}

function npm(...args) {
  const script = process.env.npm_execpath;
  const options = { cwd: ROOT, stdio: ['ignore', 2, 2] };
  if (script?.endsWith('npm-cli.js')) return spawnSync(process.execPath, [script, ...args], options);
  return spawnSync('npm', args, { ...options, shell: process.platform === 'win32' });
}

/** Ends the process where the install fails: nothing can go on without it. */
export function ensureInstalled() {
  requireNode();
  if (isUpToDate()) return;
  process.stderr.write('Installing packages (npm ci)…\n');
  const { status } = npm('ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund');
  if (status === 0) return;
  process.stderr.write(
    'npm ci failed: see above. Is there a network, and does package-lock.json match package.json?\n',
  );
  process.exit(1);
}
