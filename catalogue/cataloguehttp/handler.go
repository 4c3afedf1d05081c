package cataloguehttp

import (
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/verktoykatalog/verktoy/catalogue"
)

var _ http.Handler = (*Handler)(nil)

// ServeHTTP answers one request. See the package comment for the paths.
func (h *Handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h.cors(w, r)
	w.Header().Set("X-Content-Type-Options", "nosniff")
	answer, known := h.route(r.URL.Path)
	switch {
	case !known:
		refuse(w, r, notFound())
	case r.Method != http.MethodGet && r.Method != http.MethodHead:
		w.Header().Set("Allow", "GET, HEAD")
		refuse(w, r, notAllowed())
	default:
		h.answer(w, r, answer)
	}
}

// route finds what answers a path.
func (h *Handler) route(path string) (func(*call) (any, *Problem), bool) {
	switch path {
	case "/tools":
		return search, true
	case "/suggest":
		return suggest, true
	case "/facets":
		return facets, true
	}
	id, isTool := strings.CutPrefix(path, "/tools/")
	return func(c *call) (any, *Problem) { return tool(c, id) }, isTool && id != "" && !strings.Contains(id, "/")
}

// call is one request on its way: one index and one moment for all of it.
type call struct {
	index  *catalogue.Index
	at     time.Time
	params *params
	head   http.Header // of the answer
	fresh  func() bool // says that the client has the answer already
}

// errFresh stands for an answer that the client has.
var errFresh = &Problem{Status: http.StatusNotModified}

func (h *Handler) answer(w http.ResponseWriter, r *http.Request, answer func(*call) (any, *Problem)) {
	c := &call{index: h.live.Index(), at: h.now(), params: parse(r.URL.RawQuery), head: w.Header()}
	c.fresh = func() bool {
		tag := etag(c.index.Generation(), catalogue.DateOf(c.at), r.URL.Path, c.params.values)
		w.Header().Set("ETag", tag)
		w.Header().Set("Cache-Control", h.control)
		w.Header().Set("Content-Language", string(c.params.lang()))
		return matches(r.Header.Values("If-None-Match"), tag)
	}
	body, fault := answer(c)
	switch {
	case fault == errFresh:
		w.WriteHeader(http.StatusNotModified)
	case fault != nil:
		refuse(w, r, fault)
	default:
		write(w, r, http.StatusOK, "application/json", body)
	}
}

// cors lets the pages of listed origins read the answer. Caches must know that it depends on the origin, also when it is not listed.
func (h *Handler) cors(w http.ResponseWriter, r *http.Request) {
	if len(h.origins) == 0 {
		return
	}
	w.Header().Add("Vary", "Origin")
	if origin := r.Header.Get("Origin"); slices.Contains(h.origins, origin) {
		w.Header().Set("Access-Control-Allow-Origin", origin)
		w.Header().Set("Access-Control-Expose-Headers", "ETag, Link, Content-Language")
	}
}
