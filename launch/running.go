package launch

import (
	"net/http"
	"net/url"
	"slices"
)

// A browser posts a launch, or a login's answer, from the portal's page, and
// leaves at home every cookie that is not SameSite=None: a session cannot be
// seen then. With a GET those with SameSite=Lax come along, so the browser is
// sent to the same address once more, with these fields in the query. They
// begin nothing, and are compared with the browser's own session alone.
const (
	againKind    = "launch_again"
	againProfile = "launch_profile"
	againIssuer  = "launch_issuer"
	againMessage = "launch_message"
)

// atWork sends a browser that is at work with this very message on to where it
// is, or lets it come again with its session; false if it did neither.
func (h *Handler) atWork(w http.ResponseWriter, r *http.Request, l *Launch, profile string, err *Error) bool {
	if h.cfg.Running == nil || l == nil || l.MessageID == "" || !mayRun(err.Kind) {
		return false
	}
	if path, runs := h.running(r, l.Issuer, l.MessageID); runs {
		h.cfg.Logger.InfoContext(r.Context(), "launch is running", "profile", profile, "issuer", l.Issuer, "message", l.MessageID)
		http.Redirect(w, r, path, http.StatusSeeOther)
		return true
	}
	query := url.Values{againKind: {string(err.Kind)}, againProfile: {profile}, againIssuer: {l.Issuer}, againMessage: {l.MessageID}}.Encode()
	if r.Header.Get("Sec-Fetch-Site") != "cross-site" || len(query) > maxContext {
		return false
	}
	h.cfg.Logger.InfoContext(r.Context(), "launch came again without a session", "kind", string(err.Kind), "profile", profile, "issuer", l.Issuer, "message", l.MessageID)
	w.Header().Set("Location", "?"+query) // not http.Redirect, which would undo an http.StripPrefix
	w.WriteHeader(http.StatusSeeOther)
	return true
}

func mayRun(k Kind) bool { return k == KindReplayed || k == KindState }

func (h *Handler) running(r *http.Request, issuer, messageID string) (path string, runs bool) {
	path = h.cfg.Running(r, issuer, messageID)
	return path, localPath(path)
}

// comesAgain says whether the browser was sent here by atWork.
func (h *Handler) comesAgain(r *http.Request) bool {
	query := r.URL.Query()
	return h.cfg.Running != nil && r.Method == http.MethodGet && navigates(r.Header) && len(r.URL.RawQuery) <= maxContext &&
		mayRun(Kind(query.Get(againKind))) && h.knows(query.Get(againProfile))
}

func (h *Handler) knows(profile string) bool {
	return slices.ContainsFunc(h.cfg.Profiles, func(p Profile) bool { return p.ID() == profile }) ||
		slices.ContainsFunc(h.cfg.Logins, func(p LoginProfile) bool { return p.ID() == profile })
}

func (h *Handler) lookAgain(w http.ResponseWriter, r *http.Request) {
	query := r.URL.Query()
	profile := query.Get(againProfile)
	if path, runs := h.running(r, query.Get(againIssuer), query.Get(againMessage)); runs {
		h.cfg.Logger.InfoContext(r.Context(), "launch is running", "profile", profile) // the rest is anybody's word
		http.Redirect(w, r, path, http.StatusSeeOther)
		return
	}
	h.refuse(w, r, profile, h.again(profile, nil), Refuse(Kind(query.Get(againKind)), "a session that runs with it, or a launch that was not used before", nil))
}
