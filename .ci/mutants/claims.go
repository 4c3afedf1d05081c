package main

const (
	claimsFile   = "launch/claims.go"
	personalFile = "launch/personal.go"
	partyFile    = "launch/launch.go"
	profileFile  = "launch/hti/claims.go"
)

// contents: for whom the message is, and its id.
func contents() []mutant {
	return []mutant{
		off("audience", verifyFile, "C-9 N25", "if !c.audience(v.cfg.Audience) {", "if false && !c.audience(v.cfg.Audience) {"),
		off("audience: aud is there", claimsFile, "C-8", "if !there {\n\t\treturn false\n\t}", "if !there {\n\t\treturn true\n\t}"),
		off("audience: others beside", claimsFile, "C-10 N26", "len(aud.Items) == 1", "len(aud.Items) > 0"),
		off("audience: the whole of it", claimsFile, "C-13", "aud.Text == want", "len(aud.Text) >= len(want) && aud.Text[:len(want)] == want"),
		off("jti: is there", verifyFile, "C-16 N32", "!there && v.cfg.IDOptional", "!there"),
		off("jti: too short", verifyFile, "N32", "len(id) < minID || ", ""),
		off("jti: too long", formFile, "C-17", " && len(s) <= MaxID", ""),
		off("jti: visible characters", formFile, "N32", " && !strings.ContainsFunc(s, func(r rune) bool { return r <= ' ' || r > '~' })", ""),
		off("claims: a string is a string", claimsFile, "N08", "if v.Kind != strictjson.String {", "if false {"),
	}
}

func times() []mutant {
	const late = "!now.Before(c.Expires.Add(v.cfg.ExpirySkew))"
	return []mutant{
		off("exp: is there", claimsFile, "T-4 N27", `{"exp", &c.Expires, false}`, `{"exp", &c.Expires, true}`),
		off("iat: is there", claimsFile, "T-13 N29", `{"iat", &c.Issued, false}`, `{"iat", &c.Issued, true}`),
		off("times: numbers", claimsFile, "T-6 T-12", "v == nil || v.Kind != strictjson.Number", "v == nil"),
		off("times: before the year 10000", claimsFile, "T-7", " || math.Abs(seconds) > lastSecond", ""),
		off("exp", verifyFile, "T-5 T-8", late, "false && "+late),
		off("exp: the very second", verifyFile, "N28", late, "now.After(c.Expires.Add(v.cfg.ExpirySkew))"),
		off("exp: no leeway", verifyFile, "T-1 N28", late, "!now.Before(c.Expires.Add(v.cfg.Skew))"),
		off("iat: ahead", verifyFile, "N30 T-11", "c.Issued.After(early) || ", ""),
		off("nbf: ahead", verifyFile, "N30 T-11", " || c.notBefore.After(early)", ""),
		off("iat and nbf: leeway", verifyFile, "N30", "early := now.Add(v.cfg.Skew)", "early := now.Add(2 * v.cfg.Skew)"),
		off("exp: after iat", verifyFile, "T-10 N31", "!c.Expires.After(c.Issued)", "c.Expires.Before(c.Issued)"),
		off("lifetime", verifyFile, "T-9 T-14 N31", "c.Expires.Sub(c.Issued) > v.cfg.MaxLifetime", "false"),
		off("lifetime: a second more", verifyFile, "N31", "c.Expires.Sub(c.Issued) > v.cfg.MaxLifetime", "c.Expires.Sub(c.Issued) > v.cfg.MaxLifetime+2*time.Second"),
		off("remembered through the leeway", verifyFile, "S-1", "c.Expires.Add(max(v.cfg.Skew, v.cfg.ExpirySkew))", "c.Expires"),
	}
}

// persons: no personal data in a message.
func persons() []mutant {
	return []mutant{
		off("personal data", verifyFile, "N41", "!v.cfg.AllowPersonalData && personal(c.payload)", "false && personal(c.payload)"),
		off("personal data: identity numbers", personalFile, "N41", "return nationalid.Contains(text) || strings", "return strings"),
		off("personal data: e-mail addresses", personalFile, "N41", `strings.Contains(text, "@") || `, ""),
		off("personal data: web addresses", personalFile, "N41", `strings.Contains(text, "://") || `, ""),
		off("personal data: names", personalFile, "N41", " || twoWords(text)", ""),
		off("personal data: claims that say who", personalFile, "N41", "slices.Contains(personalClaims, m.Name) || ", ""),
		off("personal data: definition", personalFile, "N41", "return nationalid.Contains(m.Value.Text)", "return false"),
		off("personal data: names of claims", personalFile, "N41", "nationalid.Contains(m.Name) || ", ""),
		off("personal data: numbers anywhere", personalFile, "N41", "nationalid.Contains(v.Text) || ", ""),
		off("personal data: e-mail anywhere", personalFile, "N41", ` || strings.Contains(v.Text, "@")`, ""),
		off("personal data: in lists", personalFile, "N41", "range v.Items", "range v.Items[:0]"),
		off("personal data: in objects", personalFile, "N41", "return slices.ContainsFunc(v.Members, traceable)", "return false"),
	}
}

// profile: the claims of HTI.
func profile() []mutant {
	return []mutant{
		off("hti-version: those that are taken", profileFile, "N45", "if !slices.Contains(p.versions, version) {", "if false && !slices.Contains(p.versions, version) {"),
		off("hti-version: what it says", profileFile, "N45", "err != nil || there && said != version", "err != nil && there && said != version"),
		off("sub: is there", profileFile, "C-14", "sub, _, err := m.c.Text(\"sub\")\n\tif err != nil {", "sub, there, err := m.c.Text(\"sub\")\n\tif err != nil || !there {"),
		off("sub: a person", profileFile, "N42", "err != nil || !isPerson(m.l.Actor)", "err != nil"),
		off("references: type", partyFile, "N42", "typed && !isResourceType(kind) || ", ""),
		off("references: characters of an id", partyFile, "C-15 N42", "(r < '0' || r > '9') && r != '-' && r != '.'", "false"),
		off("references: length of an id", partyFile, "N42", "len(s) >= 1 && len(s) <= 64 && !strings", "len(s) >= 1 && !strings"),
		off("patient: a Patient", profileFile, "N43", "err != nil || !isPatient(m.l.Patient)", "err != nil"),
		off("resource: is there", profileFile, "C-22", "resource, _, err := m.c.Text(\"resource\")\n\tif err != nil {", "resource, there, err := m.c.Text(\"resource\")\n\tif err != nil || !there {"),
		off("resource: a Task", profileFile, "C-22", "err != nil || !isTask(m.l.Task)", "err != nil"),
		off("definition: scheme", profileFile, "C-22", `return (u.Scheme == "https" || u.Scheme == "http") && u.Host != "" || u.Scheme == "urn" && u.Opaque != ""`, "return true"),
		off("definition: length", formFile, "C-22", " && len(s) <= MaxDefinition", ""),
		off("definition: password", profileFile, "C-22", "u.User != nil || ", ""),
		off("definition: hidden characters", formFile, "C-22", "r == ' ' || !unicode", "r == ' ' || false && !unicode"),
		off("definition: spaces", formFile, "C-22", "r == ' ' || !unicode", "!unicode"),
		off("intent: length", profileFile, "C-22", "utf8.RuneCountInString(s) <= maxIntent && ", "utf8.RuneCountInString(s) <= 1<<20 && "),
		off("intent: hidden characters", profileFile, "C-22", "maxIntent && !strings.ContainsFunc(s, hidden)", "maxIntent"),
	}
}
