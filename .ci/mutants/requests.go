package main

const (
	requestFile       = "launch/request.go"
	handlerFile       = "launch/handler.go"
	handlerConfigFile = "launch/handlerconfig.go"
	replayFile        = "launch/replay.go"
	pageFile          = "launch/page.go"
)

// requests: what is a launch at all.
func requests() []mutant {
	return []mutant{
		off("request: method", requestFile, "E-1 N01", "if r.Method != http.MethodPost {", "if false {").by(suite),
		off("request: media type", requestFile, "E-3 N02", `err != nil || kind != "application/x-www-form-urlencoded" || `, "false && (err != nil || kind == \"\") || ").by(suite),
		off("request: compressed", requestFile, "E-3 N02", ` || r.Header.Get("Content-Encoding") != ""`, "").by(inside),
		off("request: body size", requestFile, "E-4 N03", "case body.Len() > maxBody:", "case false:").by(suite),
		off("request: no more is read", requestFile, "E-4", "body.ReadFrom(io.LimitReader(r.Body, maxBody+1))", "body.ReadFrom(r.Body)").by(suite),
		off("request: time for the body", requestFile, "E-5", "_ = control.SetReadDeadline(time.Now().Add(h.cfg.ReadTimeout))", "_ = time.Now").by(inside),
		off("request: form that can be read", requestFile, "N04", "form, err := url.ParseQuery(string(body))\n\tif err != nil {", "form, err := url.ParseQuery(string(body))\n\tif false && err != nil {").by(inside),
		off("request: field twice", requestFile, "E-2 N04", "len(values) > 1 || ", "len(values) > 1000 || ").by(suite),
		off("request: field in the address, too", requestFile, "E-2 N04", " || query.Has(name)", " || false && query.Has(name)").by(inside),
		off("request: launch in the address", requestFile, "E-1 N05", "if p.Match(query) {", "if false && p.Match(query) {").by(inside),
		off("request: two kinds of launch", handlerFile, "N05", "if len(match) != 1 {", "if len(match) == 0 {").by(inside),
		off("request: in a frame (Sec-Fetch-Dest)", requestFile, "N66", `(dest == "" || dest == "document")`, `(dest == "" || dest != "")`).by(inside),
		off("request: by a script (Sec-Fetch-Mode)", requestFile, "E-7 N66", `(mode == "" || mode == "navigate")`, `(mode == "" || mode != "")`).by(inside),
		off("answer: in no frame", pageFile, "E-20 N66", `h.Set("Content-Security-Policy", "frame-ancestors 'none'")`, "_ = h").by(suite),
	}
}

// policy: which good launches this tool takes.
func policy() []mutant {
	return []mutant{
		off("policy: assurance, at start", handlerConfigFile, "N62", "a == Authenticated || a == Bearer && cfg.Policy.takesBearer()", "true").by(inside),
		off("policy: assurance", handlerFile, "N62", "l.Assurance != Authenticated && !bearer", "false && !bearer").by(inside),
		off("policy: representation", handlerFile, "N61", "if l.Acting != ActingSelf &&", "if false && l.Acting != ActingSelf &&").by(inside),
		off("policy: what is refused is not used", handlerFile, "N61", "if err := h.cfg.Policy.check(l); err != nil {\n",
			"if err := h.cfg.Policy.check(l); err != nil {\n\t\t_, _ = h.cfg.Replay.Consume(ctx, l.Issuer, l.MessageID, until)\n").by(inside),
		off("policy: an id to remember", handlerFile, "C-16 N32", `l == nil || l.MessageID == "" || l.Issuer == ""`, "l == nil").by(inside),
	}
}

// replay: last, and atomic.
func replay() []mutant {
	const remember = "return m.remember(key, until)"
	return []mutant{
		off("replay", handlerFile, "N33 E-8", "case !first:", "case false && !first:").by(suite),
		off("replay: store that cannot tell", handlerFile, "N39", "case err != nil:\n\t\treturn Refuse(KindReplayUnavailable", "case false:\n\t\treturn Refuse(KindReplayUnavailable").by(inside),
		off("replay: time for the store", handlerFile, "N39 E-12", "context.WithTimeout(ctx, h.cfg.ReplayTimeout)", "context.WithCancel(ctx)").by(inside),
		off("replay: store that forgets (Forgetful)", handlerFile, "N37 E-11", "forgets && l.Issued", "false && forgets && l.Issued").by(inside),
		off("replay: for each issuer", replayFile, "N35 E-10", "key := replayKey(issuer, id)", `key := replayKey("", id)`).by(suite),
		off("replay: in one step", replayFile, "N34 E-8", remember, "m.mu.Unlock()\n\ttime.Sleep(time.Millisecond)\n\tm.mu.Lock()\n\t"+remember).by(suite),
		off("replay: store that is full", replayFile, "N39 E-12", "if m.count >= m.max {", "if false {").by(inside),
	}
}
