export const isChat = (name: string) => name === 'telegram';
