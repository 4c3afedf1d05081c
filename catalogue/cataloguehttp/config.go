package cataloguehttp

import (
	"errors"
	"fmt"
	"net/url"
	"slices"
	"time"

	"github.com/verktoykatalog/verktoy/catalogue"
)

// Config says what a [Handler] serves. Live is required.
type Config struct {
	// Live is asked for the current index once in each request.
	Live *catalogue.Live
	// Now is the clock. Its location decides when a day of a listing begins: give it Norway's for a catalogue of Norway's. Nil means
	// [time.Now].
	Now func() time.Time
	// MaxAge is how long a client may use an answer without asking again. Zero means that it asks each time; at most five minutes, because a
	// tool that is withdrawn can be seen that long.
	MaxAge time.Duration
	// Origins are the web origins, such as "https://epr.example.no", whose pages may read the answers (CORS). None means no other than the
	// handler's own.
	Origins []string
}

const maxMaxAge = 5 * time.Minute

// Handler is an [http.Handler]. It may be used from many goroutines. Make one with [NewHandler].
type Handler struct {
	live    *catalogue.Live
	now     func() time.Time
	control string
	origins []string
}

// NewHandler checks the configuration and reports everything that is wrong with it.
func NewHandler(cfg Config) (*Handler, error) {
	if err := cfg.check(); err != nil {
		return nil, fmt.Errorf("cataloguehttp: invalid Config: %w", err)
	}
	h := &Handler{live: cfg.Live, now: cfg.Now, control: "private, no-cache", origins: slices.Clone(cfg.Origins)}
	if h.now == nil {
		h.now = time.Now
	}
	if cfg.MaxAge > 0 {
		h.control = fmt.Sprintf("private, max-age=%d, must-revalidate", cfg.MaxAge/time.Second)
	}
	return h, nil
}

func (cfg Config) check() error {
	var faults []error
	if cfg.Live == nil {
		faults = append(faults, errors.New("field Live is nil"))
	}
	if cfg.MaxAge < 0 || cfg.MaxAge > maxMaxAge || cfg.MaxAge%time.Second != 0 {
		faults = append(faults, fmt.Errorf("field MaxAge is not a whole number of seconds between 0 and %s", maxMaxAge))
	}
	for i, origin := range cfg.Origins {
		if !isOrigin(origin) {
			faults = append(faults, fmt.Errorf("field Origins[%d] is not an origin such as https://epr.example.no", i))
		}
	}
	return errors.Join(faults...)
}

// isOrigin accepts a scheme and a host, as browsers write them (RFC 6454, section 6.2).
func isOrigin(s string) bool {
	u, err := url.Parse(s)
	return err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Host != "" && s == u.Scheme+"://"+u.Host
}
