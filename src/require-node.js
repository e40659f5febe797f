// Runs before the gateway on whatever Node there is, hence plain JavaScript: one clear line instead of a syntax error.

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 18)) {
  process.stderr.write(
    `The gateway needs Node.js 22.18 or newer; this is ${process.versions.node}. On Linux x64 and macOS x64 npm brings one along: run it by "npm start".\n`,
  );
  process.exit(1);
}
