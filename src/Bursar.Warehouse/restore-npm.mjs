// Runs `npm ci` in the current folder unless another build has just done it. Called by NativeEngine.targets.
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, openSync, readFileSync, rmSync, writeSync, closeSync } from 'node:fs';

const lockFile = 'artifacts/npm-restore.lock';
const waitLimitMs = 10 * 60 * 1000;

const read = (path) => { try { return readFileSync(path, 'utf8'); } catch { return null; } };

const isCurrent = () => read('node_modules/.restored-package-lock.json') === read('package-lock.json');

const isRunning = (pid) => {
  try { process.kill(pid, 0); return true; } catch (error) { return error.code === 'EPERM'; }
};

function takeLock() {
  mkdirSync('artifacts', { recursive: true });
  for (let waitedMs = 0; waitedMs < waitLimitMs; waitedMs += 200) {
    try {
      const file = openSync(lockFile, 'wx');
      writeSync(file, String(process.pid));
      closeSync(file);
      return;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    const owner = Number(read(lockFile));
    if (owner > 0 && !isRunning(owner)) rmSync(lockFile, { force: true });
    else Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200);
  }
  throw new Error(`another build holds ${lockFile}; delete it if none is running`);
}

takeLock();
try {
  if (!isCurrent()) {
    // One string, because npm is a script on Windows and needs the shell there.
    const npm = spawnSync('npm ci --no-audit --no-fund --no-progress --loglevel=error', { shell: true, encoding: 'utf8' });
    if (npm.status === 0) copyFileSync('package-lock.json', 'node_modules/.restored-package-lock.json');
    else process.stderr.write(npm.stdout + npm.stderr);
    process.exitCode = npm.status ?? 1;
  }
} finally {
  rmSync(lockFile, { force: true });
}
