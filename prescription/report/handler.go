package report

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"mime"
	"net/http"
	"strings"

	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/internal/strictjson"
	"github.com/verktoykatalog/verktoy/internal/unset"
	"github.com/verktoykatalog/verktoy/prescription"
)

// Caller is the tool that sends a request. Both are required.
type Caller struct {
	// Tool is its id in the catalogue: it may report of prescriptions of this tool
	// only.
	Tool catalogue.ToolID
	// ID names it in the audit trail: 1 to 64 letters, digits and . _ : / - that are
	// no identity number, see [prescription.Actor]. The tool's id does, if a tool is
	// one system.
	ID string
}

// HandlerConfig says what a [Handler] works with. Service, Store and Authenticate
// are required.
type HandlerConfig struct {
	Service *prescription.Service
	Store   prescription.Store
	// Authenticate says which tool sends a request, by its token or certificate. Any
	// error, and a Caller without Tool, mean that nobody knows: the answer is 401, and
	// the text is not shown. A Caller without a good ID is the host's fault: it is
	// logged, and the answer is 503, so that the report comes again.
	Authenticate func(*http.Request) (Caller, error)
	// Find gives the prescription that a tool means; its Portal is empty. Nil means
	// that Task is the prescription's id, or a reference to it as launches have it:
	// "Task/" and the id. [prescription.ErrNotFound] if there is none.
	Find func(context.Context, Subject) (prescription.ID, error)
	// Progress is given progress; nil means that it is taken and not kept. It may come
	// twice and, where a sender stalled, late: keep the one with the highest
	// Sequence. An error is answered with 503, and the progress comes again.
	Progress func(context.Context, prescription.Prescription, Report) error
	// Logger gets a line for each error that is no fault of the request. Nil means none.
	Logger *slog.Logger
}

// Handler takes in reports that [EPRWire] writes and applies them to
// prescriptions.
//
// 200 means that the report is kept: the answer is {"applied":"changed"}, or
// "duplicate" for one that came before, "late" for one that the prescription was
// past, or "noted" for progress. A late report is no error for who sends it:
// nothing would be better if it came again. All other answers are
// application/problem+json (RFC 9457), with a code: 400 malformed, 401
// unauthenticated, 404 unknown (also for a prescription of another tool), 405
// method, 413 too-large, 415 media-type, 422 id-reused for the id of a report of
// another event, 503 busy with Retry-After. Nothing that
// a request holds gives 500.
type Handler struct{ cfg HandlerConfig }

var _ http.Handler = (*Handler)(nil)

// NewHandler reports all faults of the configuration at once.
func NewHandler(cfg HandlerConfig) (*Handler, error) {
	var faults []string
	if cfg.Service == nil {
		faults = append(faults, "field Service is nil")
	}
	if unset.Is(cfg.Store) {
		faults = append(faults, "field Store is nil")
	}
	if cfg.Authenticate == nil {
		faults = append(faults, "field Authenticate is nil")
	}
	if len(faults) > 0 {
		return nil, errors.New("report: invalid HandlerConfig: " + strings.Join(faults, "; "))
	}
	if cfg.Find == nil {
		cfg.Find = byTask
	}
	if cfg.Progress == nil {
		cfg.Progress = func(context.Context, prescription.Prescription, Report) error { return nil }
	}
	if cfg.Logger == nil {
		cfg.Logger = slog.New(slog.DiscardHandler)
	}
	return &Handler{cfg}, nil
}

func byTask(_ context.Context, s Subject) (prescription.ID, error) {
	return prescription.ID(strings.TrimPrefix(s.Task, "Task/")), nil
}

// ServeHTTP takes in one report.
func (h *Handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("X-Content-Type-Options", "nosniff")
	applied, refusal := h.take(w, r)
	if refusal != nil {
		refusal.write(w, r)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(map[string]string{"applied": string(applied)}) // the sender may be gone
}

// noted is what becomes of progress.
const noted prescription.Applied = "noted"

func (h *Handler) take(w http.ResponseWriter, r *http.Request) (prescription.Applied, *refusal) {
	if r.Method != http.MethodPost {
		w.Header().Set("Allow", http.MethodPost)
		return "", refuse(http.StatusMethodNotAllowed, "method", "want POST")
	}
	caller, err := h.cfg.Authenticate(r)
	switch {
	case err != nil || caller.Tool == "":
		return "", refuse(http.StatusUnauthorized, "unauthenticated", "want what proves which tool this is")
	case !isCode(caller.ID, 64):
		h.cfg.Logger.ErrorContext(r.Context(), "report: HandlerConfig.Authenticate gave a Caller without an ID that the audit trail takes", "tool", caller.Tool)
		return "", busy()
	}
	report, bad := h.read(r)
	if bad != nil {
		return "", bad
	}
	p, err := h.find(r.Context(), caller, report.Subject)
	if err != nil {
		return "", h.failed(r.Context(), err)
	}
	if report.Event == EventProgress {
		return noted, h.failed(r.Context(), h.cfg.Progress(r.Context(), p, report))
	}
	_, applied, err := h.cfg.Service.Apply(r.Context(), h.cfg.Store, prescription.Report{ID: report.ID, Prescription: p.ID,
		Event: report.Event, At: report.At, By: prescription.Actor{Role: prescription.RoleTool, ID: caller.ID}})
	return applied, h.failed(r.Context(), err)
}

func (h *Handler) read(r *http.Request) (Report, *refusal) {
	kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil || kind != "application/json" {
		return Report{}, refuse(http.StatusUnsupportedMediaType, "media-type", "want Content-Type application/json")
	}
	limit := strictjson.Message().Bytes
	data, err := io.ReadAll(io.LimitReader(r.Body, int64(limit)+1))
	switch {
	case err != nil:
		return Report{}, refuse(http.StatusBadRequest, "malformed", "the body broke off")
	case len(data) > limit:
		return Report{}, refuse(http.StatusRequestEntityTooLarge, "too-large", "want a shorter body")
	}
	report, err := read(data)
	if err != nil {
		return Report{}, refuse(http.StatusBadRequest, "malformed", err.Error())
	}
	if key := r.Header.Get("Idempotency-Key"); key != "" && key != report.ID {
		return Report{}, refuse(http.StatusBadRequest, "malformed", "want the report's id as Idempotency-Key")
	}
	return report, nil
}

// find also hides that a prescription of another tool is there.
func (h *Handler) find(ctx context.Context, caller Caller, s Subject) (prescription.Prescription, error) {
	id, err := h.cfg.Find(ctx, s)
	if err != nil {
		return prescription.Prescription{}, err
	}
	p, err := h.cfg.Service.Get(ctx, h.cfg.Store, id)
	if err == nil && p.Tool != caller.Tool {
		err = prescription.ErrNotFound
	}
	return p, err
}

// failed is nil for no error.
func (h *Handler) failed(ctx context.Context, err error) *refusal {
	var request *prescription.RequestError
	switch {
	case err == nil:
		return nil
	case errors.Is(err, prescription.ErrNotFound):
		return refuse(http.StatusNotFound, "unknown", "no prescription of this tool by that name")
	case errors.Is(err, prescription.ErrReportReused):
		// As draft-ietf-httpapi-idempotency-key-header has it for a key with another content.
		return refuse(http.StatusUnprocessableEntity, "id-reused", "want an id of its own for each report")
	case errors.As(err, &request):
		return refuse(http.StatusBadRequest, "malformed", request.Error())
	}
	h.cfg.Logger.ErrorContext(ctx, "report: a report could not be taken in", "busy", errors.Is(err, prescription.ErrBusy))
	return busy()
}

func busy() *refusal {
	p := refuse(http.StatusServiceUnavailable, "busy", "send it again later")
	p.after = "30"
	return p
}
