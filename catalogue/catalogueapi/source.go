package catalogueapi

import (
	"context"

	"github.com/verktoykatalog/verktoy/catalogue"
)

var _ catalogue.Source = (*Client)(nil)

// Fetch implements [catalogue.Source], so that [catalogue.Follow] keeps a copy of the national catalogue: it is [Client.Document], and the
// tag is [Snapshot.Tag]. What could not be kept is counted in the log; [Client.Document] lists it.
func (c *Client) Fetch(ctx context.Context, tag string) (catalogue.Document, string, error) {
	s, err := c.Document(ctx)
	switch {
	case err != nil:
		return catalogue.Document{}, "", err
	case s.Tag == tag:
		return catalogue.Document{}, "", catalogue.ErrUnchanged
	}
	if len(s.Notes) > 0 {
		c.cfg.Logger.WarnContext(ctx, "catalogueapi: parts of the catalogue could not be kept", "notes", len(s.Notes), "first", s.Notes[0])
	}
	return s.Document, s.Tag, nil
}
