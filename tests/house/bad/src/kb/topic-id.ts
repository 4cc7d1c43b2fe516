export const isSlow = (id: string) => id === 'payments/slow';
