// Names that are no UTF-8, and text that is none: what the disk keeps of them, in which encoding they come back.
// Run by differential.test.ts.
import fs from 'node:fs';

const top = fs.mkdtempSync('/tmp/fs-names-');
process.chdir(top);
const names = [
  Buffer.from([0x3d, 0xd8, 0x04, 0xdc]),
  Buffer.from([0x61, 0xff, 0x62]),
  Buffer.from([0xc3, 0xa9]),
  Buffer.from([0xc3]),
  Buffer.from([0xef, 0xbf, 0xbd]),
  Buffer.from([0xf0, 0x9f, 0x98, 0x80]),
  Buffer.from([0xf0, 0x9f, 0x98]),
  Buffer.from([0xed, 0xa0, 0x80, 0x7a]),
  Buffer.from([0xe2, 0x82, 0xc3, 0xa9]),
];
for (const name of names) fs.writeFileSync(name, name);
for (const name of ['\ud800', 'x\udc80y', 'é', '😀']) fs.writeFileSync(name, name);
for (const encoding of ['utf8', 'latin1', 'hex', 'base64', 'ucs2', 'buffer'])
  console.log(
    fs.readdirSync('.', encoding).map((name) => (typeof name === 'string' ? JSON.stringify(name) : name)),
  );
console.log(names.map((name) => fs.readFileSync(name).equals(name) || fs.readFileSync(name, 'latin1')));
console.log(fs.readdirSync('.').map((name) => fs.existsSync(name)));
fs.symlinkSync(names[1], 'link');
console.log(
  fs.readlinkSync('link', 'buffer'),
  JSON.stringify(fs.readlinkSync('link')),
  fs.lstatSync('link').size,
);
console.log(fs.realpathSync.native('link', 'hex').slice(top.length * 2), fs.readFileSync('link'));
fs.mkdirSync(Buffer.from([0x64, 0xfe]));
fs.renameSync(names[1], Buffer.concat([Buffer.from([0x64, 0xfe]), Buffer.from('/'), names[1]]));
console.log(fs.readdirSync(Buffer.from([0x64, 0xfe]), 'buffer'));
for (const name of names) {
  try {
    fs.statSync(Buffer.concat([name, Buffer.from('-none')]));
  } catch (error) {
    console.log(JSON.stringify(error.message), JSON.stringify(error.path));
  }
}
process.chdir('/');
fs.rmSync(top, { recursive: true });
