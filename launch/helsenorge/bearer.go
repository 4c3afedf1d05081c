package helsenorge

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/verktoykatalog/verktoy/launch"
)

// BearerConfig says which messages of Helsenorge's own systems are accepted when
// it calls the tool. Audience, Keys, Scopes and Types are required.
type BearerConfig struct {
	// Issuer is the message's iss. Empty means [FixedAudience]'s host,
	// sikkerhet.helsenorge.no, which a receiver in operation was seen to demand.
	Issuer string
	// Audience is the name that Helsenorge and the tool agreed on.
	Audience string
	// Keys are Helsenorge's: kid is a certificate's thumbprint, see [NewCertificateKeys].
	Keys launch.Keys
	// Scopes are those that the tool's addresses need; the message's scp must have all.
	Scopes []string
	// Types are the accepted values of the header typ_2, such as system_ws_sync.
	Types []string
	// MaxLifetime is the greatest time between iat and exp. It is not
	// documented; zero means an hour.
	MaxLifetime time.Duration
	// Logger gets a line for every call that is refused. Nil means none.
	Logger *slog.Logger
	// Now is the clock. Nil means [time.Now].
	Now func() time.Time
}

// System says which system of Helsenorge calls, and for whom.
type System struct {
	// ClientID and ClientName are the system's; "" if the message does not say.
	ClientID, ClientName string
	// UserType is the message's endusertype; "" if it does not say.
	UserType string
	// Scopes are those of the message.
	Scopes []string
	// Subject is the message's sub, zero if there is none. In calls for a citizen it
	// was seen to be the national identity number.
	Subject launch.Secret
	// Expires is the end of the message, in UTC.
	Expires time.Time
}

type bearer struct {
	cfg      BearerConfig
	verifier *launch.Verifier
}

// NewBearer makes a middleware that lets through what Helsenorge's systems send
// (system JWT), in Authorization or, beside another kind of Authorization, in
// X-Authorization. Others get 401, 403 when a scope is missing, 503 when the keys
// cannot be had (RFC 6750, section 3). [SystemFrom] tells the handler behind it
// who calls. The message is good until it ends, and may be used many times: it is
// TLS that keeps it. The error names every fault.
func NewBearer(cfg BearerConfig) (func(http.Handler) http.Handler, error) {
	if cfg.Issuer == "" {
		cfg.Issuer = FixedAudience
	}
	if cfg.MaxLifetime == 0 {
		cfg.MaxLifetime = time.Hour
	}
	if cfg.Logger == nil {
		cfg.Logger = slog.New(slog.DiscardHandler)
	}
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	cfg.Scopes, cfg.Types = slices.Clone(cfg.Scopes), slices.Clone(cfg.Types)
	// Helsenorge, system JWT: RS256, typ JWT, and ver and typ_2 beside them.
	v, err := launch.NewVerifier(launch.VerifierConfig{Audience: cfg.Audience, Issuers: []launch.Issuer{{ID: cfg.Issuer, Keys: cfg.Keys}},
		Types: []string{"JWT"}, Algorithms: []string{"RS256"}, Headers: []string{"ver", "typ_2"}, MaxLifetime: cfg.MaxLifetime,
		ExpirySkew: launch.DefaultSkew, IDOptional: true, AllowPersonalData: true})
	if len(cfg.Scopes) == 0 {
		err = errors.Join(err, errors.New("field Scopes is empty"))
	}
	if len(cfg.Types) == 0 {
		err = errors.Join(err, errors.New("field Types is empty"))
	}
	if err != nil {
		return nil, fmt.Errorf("helsenorge: invalid BearerConfig: %s", strings.ReplaceAll(err.Error(), "\n", "; "))
	}
	b := &bearer{cfg, v}
	return b.guard, nil
}

func (b *bearer) guard(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		system, err := b.accept(r)
		if err != nil {
			b.refuse(w, r, err)
			return
		}
		next.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), systemKey{}, system)))
	})
}

type systemKey struct{}

// SystemFrom says who calls, behind the middleware of [NewBearer]; nil elsewhere.
func SystemFrom(ctx context.Context) *System {
	s, _ := ctx.Value(systemKey{}).(*System)
	return s
}
