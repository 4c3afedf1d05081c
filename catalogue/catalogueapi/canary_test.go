package catalogueapi_test

import (
	"fmt"
	"net/http"
	"net/url"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/catalogue/catalogueapi"
	"github.com/verktoykatalog/verktoy/catalogue/cataloguetest"
)

// Every operation in every kind of trouble: no number and no token in an address, a header, an error or the log.
func TestNoNumberGetsAround(t *testing.T) {
	operations := map[cataloguetest.Operation]func(*world, *catalogueapi.Client) error{
		cataloguetest.List:   func(w *world, c *catalogueapi.Client) error { _, err := c.Document(w.t.Context()); return err },
		cataloguetest.Search: func(w *world, c *catalogueapi.Client) error { _, err := c.Search(w.t.Context(), "søvn"); return err },
		cataloguetest.Get:    func(w *world, c *catalogueapi.Client) error { _, err := c.Get(w.t.Context(), "sovn"); return err },
		cataloguetest.Invite: func(w *world, c *catalogueapi.Client) error {
			_, err := c.Invite(w.t.Context(), w.invitation())
			return err
		},
		cataloguetest.Therapists: func(w *world, c *catalogueapi.Client) error {
			_, err := c.Therapists(w.t.Context(), w.citizen())
			return err
		},
	}
	// echo answers with all that came in, as some servers do.
	echo := func(number string, status int) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Type", "application/json")
			w.Header().Set("Location", "/"+number)
			w.WriteHeader(status)
			fmt.Fprintf(w, `{"code":"%s","%s":"%s","verktoyId":"%s","oppgaveId":"%s","frist":"%s","behandlere":"%s","verktoy":[{"%s":1}],"totalt":1}`,
				number, number, r.Header.Get("Authorization"), number, number, number, number, number)
		})
	}
	count := 0
	for op, do := range operations {
		for _, status := range []int{0, 200, 201, 302, 400, 401, 403, 404, 409, 429, 500, 503} {
			w := begin(t, cataloguetest.Config{Tools: tools()}, nil)
			var addresses []string
			client := w.open(func(c *catalogueapi.Config) {
				c.IdempotencyKeys = true
				c.HTTP = doer(func(r *http.Request) (*http.Response, error) {
					address, err := url.QueryUnescape(r.URL.String())
					require.NoError(t, err)
					addresses = append(addresses, address+fmt.Sprint(r.Header))
					r.Header.Set("Authorization", "Bearer canary-token-0123")
					return w.api.Client().Do(r)
				})
			})
			if status != 0 {
				w.api.Answer(op, 1, echo(w.number, status))
			}
			err := do(w, client)
			assert.Equal(t, status == 0, err == nil, "%s %d", op, status)
			require.NotEmpty(t, addresses)
			w.clean(append(addresses, fmt.Sprintf("%v %+v", err, err))...)
			assert.Contains(t, w.api.Secrets(), "canary-token-0123")
			count++
		}
	}
	assert.Equal(t, 60, count)
}

// A mapping of a host's own that would put the number into an address is stopped.
func TestNumberInAnAddressIsNotSent(t *testing.T) {
	w := begin(t, cataloguetest.Config{Tools: tools()}, nil)
	client := w.open(func(c *catalogueapi.Config) {
		c.Wire.Filter = func(catalogueapi.Filter) url.Values { return url.Values{"fnr": {w.number}} }
	})
	_, err := client.List(t.Context(), catalogueapi.Filter{})
	failure(t, err, catalogueapi.ErrInvalid)
	_, err = client.Get(t.Context(), catalogue.ToolID(w.number))
	failure(t, err, catalogueapi.ErrInvalid)
	w.clean(err.Error())
	assert.Zero(t, w.api.Requests(cataloguetest.List)+w.api.Requests(cataloguetest.Get))
}
