/** Why a compound file is refused; none is taken: new Office documents are no compound files unless they have a password. */
export function faultOfCompound(bytes: Buffer): 'encrypted' | 'macros' | 'type' {
  // Names of streams are UTF-16.
  const has = (name: string) => bytes.includes(Buffer.from(name, 'utf16le'));
  if (has('EncryptedPackage') || has('EncryptionInfo')) return 'encrypted';
  return has('_VBA_PROJECT') || has('Macros') || has('VBA') ? 'macros' : 'type';
}
