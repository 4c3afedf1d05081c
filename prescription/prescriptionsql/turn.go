package prescriptionsql

import "context"

// turn is where calls that write wait for each other, first come, first served:
// a channel with room for one serves those who wait in that order. SQLite lets
// one write at a time and has those who wait try again and again; database/sql
// gives a connection that is free to any of them. The zero turn lets all pass.
type turn chan struct{}

func newTurn(d Dialect) turn {
	if d != SQLite {
		return nil
	}
	return make(turn, 1)
}

// take waits until it is the caller's turn, who then must call leave.
func (t turn) take(ctx context.Context) error {
	if t == nil {
		return nil
	}
	select {
	case t <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (t turn) leave() {
	if t != nil {
		<-t
	}
}
