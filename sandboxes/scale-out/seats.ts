// The three places where a shop's book can be: here in its own memory, with the parent process on the same machine, or
// in a store on another machine. To shop.ts they look alike; they differ in time, in what can fail, and in being right.
// Environment: BOOK (here, parent, store), SEATS, STORE. Called by shop.ts.
import { Book } from './book.ts';
import { type Answer, type Pay, type Store, sell } from './sell.ts';
import { StoreClient } from './store-client.ts';

export interface Seats {
  readonly where: string;
  /** Sells order number `order` a seat, with the payment. Throws where it cannot be known whether there is one. */
  sell(order: number): Promise<Answer>;
  /** What this shop itself knows of the book, for those who watch. */
  tell(): object;
}

/** A copy of its own: quick, always there, and right only if no other shop sells the same seats. */
function here(book: Book, pay: Pay): Seats {
  return {
    where: 'here',
    async sell(order) {
      const said = book.sell(order);
      if (said === 'sold') await pay(order);
      return said;
    },
    tell: () => ({ sold: book.sold, left: book.left }),
  };
}

// #region parent
/** The one copy of this machine, kept by the parent process: a message there and one back, through the kernel. */
function withParent(pay: Pay): Seats {
  const waiting = new Map<number, (said: Answer) => void>();
  process.on('message', (message: { readonly order: number; readonly said: Answer }) => {
    waiting.get(message.order)?.(message.said);
    waiting.delete(message.order);
  });
  return {
    where: 'with its parent',
    async sell(order) {
      const said = await new Promise<Answer>((resolve) => {
        waiting.set(order, resolve);
        process.send?.({ order });
      });
      if (said === 'sold') await pay(order);
      return said;
    },
    tell: () => ({}),
  };
}
// #endregion

/** On another machine: see sell.ts, which is yours to mend. */
function inStore(store: Store, pay: Pay): Seats {
  return { where: 'in the store', sell: (order) => sell(order, store, pay), tell: () => ({}) };
}

/** As the environment says. Throws for a word that it does not know. */
export function seatsAsAsked(pay: Pay): Seats {
  const { BOOK = 'here', SEATS = '1000', STORE = '127.0.0.1:8090' } = process.env;
  if (BOOK === 'here') return here(new Book(Number(SEATS)), pay);
  if (BOOK === 'parent') return withParent(pay);
  if (BOOK === 'store') return inStore(new StoreClient(STORE), pay);
  throw new Error(`BOOK: expected here, parent or store, found '${BOOK}': correct BOOK`);
}
