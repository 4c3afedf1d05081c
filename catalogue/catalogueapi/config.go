package catalogueapi

import (
	"errors"
	"log/slog"
	"net/http"
	"strings"
	"time"

	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/internal/outbound"
	"github.com/verktoykatalog/verktoy/internal/unset"
)

// The addresses of Helsenorge's external API. Test2 is the one most used to try integrations.
const (
	Production = "https://eksternapi.helsenorge.no"
	Test1      = "https://eksternapi.hn.test.nhn.no"
	Test2      = "https://eksternapi.hn2.test.nhn.no"
	QA         = "https://eksternapi.hn.qa.nhn.no"
)

// Doer sends a request, as [*http.Client] does, and launch/helseid's client. An error of one that repeats requests may have a method
// OutcomeUnknown() bool; the text of such an error must hold nothing of the request and the answer, since it is shown.
type Doer interface {
	Do(*http.Request) (*http.Response, error)
}

// Config says where the API is and who calls it. Address and HTTP are required.
type Config struct {
	// Address is where the API is, such as [Test2]: https, without a query.
	Address string
	// HTTP sends the requests with a token. An [*http.Client] is copied and told to follow no redirect.
	HTTP Doer
	// Tool is the tool that this program is. Only a tool may invite to itself, and ask who sent it. Empty means that the program is not
	// a tool, and [Client.Invite] and [Client.Therapists] give [ErrNotTool].
	Tool catalogue.ToolID
	// Paths are the operations' paths; those that are empty are taken from [AssumedPaths].
	Paths Paths
	// Version takes the place of {version} in paths. Empty means "v1", an assumption.
	Version string
	// Wire writes requests and reads answers; functions that are nil are those of [AssumedWire].
	Wire Wire
	// IdempotencyKeys says that the API carries out an invitation once, however often it comes with the same Idempotency-Key. Then the
	// key is sent, and HTTP may repeat an invitation. False means that this is not known: no key is sent, so that a client that repeats
	// requests with a key does not invite twice.
	IdempotencyKeys bool
	// PageSize is how many tools are asked for at a time, 1 to 1,000. Zero means 100.
	PageSize int
	// AllowLoopback allows http addresses on this machine, for tests and demonstrations.
	AllowLoopback bool
	// Logger gets a line for every call: operation, status and code. Nil means none.
	Logger *slog.Logger
	// Now is the clock. Nil means [time.Now].
	Now func() time.Time
}

// Paths are the operations' paths. {version} stands for Config.Version, and {tool} in Get for the tool's id.
type Paths struct{ List, Search, Get, Invite, Therapists string }

// AssumedPaths follow the form that all of Helsenorge's external APIs have, /area/version/service. The words are assumed.
func AssumedPaths() Paths {
	return Paths{List: "/verktoy/{version}/Verktoy", Search: "/verktoy/{version}/Verktoy/Sok", Get: "/verktoy/{version}/Verktoy/{tool}",
		Invite: "/verktoy/{version}/Invitasjon", Therapists: "/verktoy/{version}/Avsendere"}
}

const maxPageSize = 1000

func (cfg *Config) fill() {
	assumed := AssumedPaths()
	for path, value := range map[*string]string{&cfg.Paths.List: assumed.List, &cfg.Paths.Search: assumed.Search, &cfg.Paths.Get: assumed.Get,
		&cfg.Paths.Invite: assumed.Invite, &cfg.Paths.Therapists: assumed.Therapists, &cfg.Version: "v1"} {
		if *path == "" {
			*path = value
		}
	}
	cfg.Wire = cfg.Wire.filled()
	cfg.Address = strings.TrimSuffix(cfg.Address, "/")
	if cfg.PageSize == 0 {
		cfg.PageSize = 100
	}
	if cfg.HTTP != nil {
		cfg.HTTP = outbound.Staying(cfg.HTTP)
	}
	if cfg.Logger == nil {
		cfg.Logger = slog.New(slog.DiscardHandler)
	}
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
}

// check names every fault.
func (cfg *Config) check() error {
	var faults []string
	want := func(good bool, fault string) {
		if !good {
			faults = append(faults, fault)
		}
	}
	want(outbound.Secure(cfg.Address, cfg.AllowLoopback) && !strings.Contains(cfg.Address, "?"),
		"field Address is not an https address without query (http needs AllowLoopback and a loopback host)")
	want(!unset.Is(cfg.HTTP), "field HTTP is nil")
	_, err := catalogue.ParseToolID(string(cfg.Tool))
	want(cfg.Tool == "" || err == nil, "field Tool is not a tool's id")
	for name, path := range map[string]string{"List": cfg.Paths.List, "Search": cfg.Paths.Search, "Invite": cfg.Paths.Invite, "Therapists": cfg.Paths.Therapists} {
		want(goodPath(path), "field Paths."+name+" is not a path that begins with / and holds no other { than {version}")
	}
	want(goodPath(strings.ReplaceAll(cfg.Paths.Get, "{tool}", "")) && strings.Contains(cfg.Paths.Get, "{tool}"),
		"field Paths.Get is not a path that begins with / and holds {tool}, and no other { than {version}")
	want(goodSegment(cfg.Version), "field Version is not letters, digits and . _ -")
	want(cfg.PageSize > 0 && cfg.PageSize <= maxPageSize, "field PageSize is not between 1 and 1000")
	if len(faults) == 0 {
		return nil
	}
	return errors.New("catalogueapi: invalid Config: " + strings.Join(sorted(faults), "; "))
}

func goodPath(path string) bool {
	plain := strings.ReplaceAll(path, "{version}", "v1")
	rest, rooted := strings.CutPrefix(plain, "/")
	return rooted && !strings.HasPrefix(rest, "/") && !strings.Contains(plain, "..") && (rest == "" || goodSegment(strings.ReplaceAll(rest, "/", "")))
}

func goodSegment(s string) bool {
	return s != "" && !strings.ContainsFunc(s, func(c rune) bool {
		return !(c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '.' || c == '_' || c == '-')
	})
}
