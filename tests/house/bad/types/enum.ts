export enum Fruit {
  apple = 1,
}
export const n: number = 'one';
