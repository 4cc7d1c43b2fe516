import { Component, type ComponentType, createElement, type FunctionComponent } from 'preact';

/** A component that is drawn again only where a property has changed (preact/compat's memo, without compat). Lists count as the same where all their entries do. */
export function memo<P extends object>(inner: FunctionComponent<P>): ComponentType<P> {
  return class extends Component<P> {
    override shouldComponentUpdate(next: Readonly<P>): boolean {
      return Object.keys({ ...next, ...this.props }).some((name) => !same(next[name as keyof P], this.props[name as keyof P]));
    }
    override render() {
      return createElement(inner, this.props);
    }
  };
}

function same(one: unknown, other: unknown): boolean {
  if (!Array.isArray(one) || !Array.isArray(other)) return one === other;
  return one.length === other.length && one.every((entry, at) => entry === other[at]);
}
