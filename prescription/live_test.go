package prescription_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/prescription"
)

// A tool that is withdrawn while the program runs is refused, by the function that the comment on Config.Tools tells to give.
func TestToolsOfALiveCatalogue(t *testing.T) {
	tool := sleepTool()
	x, err := catalogue.NewIndex([]catalogue.Tool{tool})
	require.NoError(t, err)
	live := catalogue.NewLive(x)
	w := newWorld(t, func(c *prescription.Config) { c.Tools = live.Get })
	w.prescribe(t, request("visit-1"))

	tool.Status = catalogue.StatusWithdrawn
	require.NoError(t, live.Update(func(x *catalogue.Index) (*catalogue.Index, error) { return x.With(tool) }))
	_, err = w.Prescribe(t.Context(), w.store, request("visit-2"))
	require.ErrorIs(t, err, catalogue.ErrWithdrawn)
}
