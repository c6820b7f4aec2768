<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>Actions</name>
    <message>
        <source>Album</source>
        <translation>Album</translation>
    </message>
    <message>
        <source>View</source>
        <translation>Ansicht</translation>
    </message>
    <message>
        <source>Photo</source>
        <translation>Foto</translation>
    </message>
    <message>
        <source>Rate and mark</source>
        <translation>Bewerten und markieren</translation>
    </message>
    <message>
        <source>Taste</source>
        <translation>Geschmack</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>Hilfe</translation>
    </message>
    <message>
        <source>Open a folder…</source>
        <translation>Ordner öffnen…</translation>
    </message>
    <message>
        <source>Open the sample album</source>
        <translation>Beispielalbum öffnen</translation>
    </message>
    <message>
        <source>Look for new photos</source>
        <translation>Nach neuen Fotos suchen</translation>
    </message>
    <message>
        <source>Best shots…</source>
        <translation>Beste Fotos…</translation>
    </message>
    <message>
        <source>Copy rejected photos to a folder…</source>
        <translation>Abgelehnte Fotos in einen Ordner kopieren…</translation>
    </message>
    <message>
        <source>Move rejected photos to a folder…</source>
        <translation>Abgelehnte Fotos in einen Ordner verschieben…</translation>
    </message>
    <message>
        <source>Move rejected photos back</source>
        <translation>Abgelehnte Fotos zurückholen</translation>
    </message>
    <message>
        <source>Write stars to sidecar files…</source>
        <translation>Sterne in Begleitdateien schreiben…</translation>
    </message>
    <message>
        <source>Clocks of the cameras…</source>
        <translation>Uhren der Kameras…</translation>
    </message>
    <message>
        <source>Open questions…</source>
        <translation>Offene Fragen…</translation>
    </message>
    <message>
        <source>Forget missing photos…</source>
        <translation>Fehlende Fotos vergessen…</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Beenden</translation>
    </message>
    <message>
        <source>Grid</source>
        <translation>Raster</translation>
    </message>
    <message>
        <source>Loupe</source>
        <translation>Lupe</translation>
    </message>
    <message>
        <source>Grid and back</source>
        <translation>Raster und zurück</translation>
    </message>
    <message>
        <source>Compare 2 to 4 photos</source>
        <translation>2 bis 4 Fotos vergleichen</translation>
    </message>
    <message>
        <source>Next photo of the comparison</source>
        <translation>Nächstes Foto des Vergleichs</translation>
    </message>
    <message>
        <source>This one is better (compare)</source>
        <translation>Dieses ist besser (Vergleich)</translation>
    </message>
    <message>
        <source>100 % at the pointer</source>
        <translation>100 % am Zeiger</translation>
    </message>
    <message>
        <source>Larger</source>
        <translation>Größer</translation>
    </message>
    <message>
        <source>Smaller</source>
        <translation>Kleiner</translation>
    </message>
    <message>
        <source>Names, or facts of the camera</source>
        <translation>Namen oder Angaben der Kamera</translation>
    </message>
    <message>
        <source>Left panel</source>
        <translation>Linke Leiste</translation>
    </message>
    <message>
        <source>Right panel</source>
        <translation>Rechte Leiste</translation>
    </message>
    <message>
        <source>Dark, light, or as the desktop</source>
        <translation>Dunkel, hell oder wie der Desktop</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>Vollbild</translation>
    </message>
    <message>
        <source>Slideshow, the best first</source>
        <translation>Diaschau, die besten zuerst</translation>
    </message>
    <message>
        <source>First photo</source>
        <translation>Erstes Foto</translation>
    </message>
    <message>
        <source>Last photo</source>
        <translation>Letztes Foto</translation>
    </message>
    <message>
        <source>Histogram (loupe, compare)</source>
        <translation>Histogramm (Lupe, Vergleich)</translation>
    </message>
    <message>
        <source>Where the focus is (loupe, compare)</source>
        <translation>Wo die Schärfe liegt (Lupe, Vergleich)</translation>
    </message>
    <message>
        <source>Faces as close-ups (loupe, compare)</source>
        <translation>Gesichter groß (Lupe, Vergleich)</translation>
    </message>
    <message>
        <source>Stars or labels by share of the score…</source>
        <translation>Sterne oder Farben nach Anteil des Werts…</translation>
    </message>
    <message>
        <source>Find by name</source>
        <translation>Nach Namen suchen</translation>
    </message>
    <message>
        <source>Find faces and closed eyes</source>
        <translation>Gesichter und geschlossene Augen suchen</translation>
    </message>
    <message>
        <source>Show all photos</source>
        <translation>Alle Fotos zeigen</translation>
    </message>
    <message>
        <source>Stack bursts; open or close one</source>
        <translation>Serien stapeln; einen Stapel öffnen oder schließen</translation>
    </message>
    <message>
        <source>Sort again</source>
        <translation>Neu sortieren</translation>
    </message>
    <message>
        <source>One step back</source>
        <translation>Ein Schritt zurück</translation>
    </message>
    <message>
        <source>Show in the file manager</source>
        <translation>Im Dateimanager zeigen</translation>
    </message>
    <message>
        <source>Open with the default program</source>
        <translation>Mit dem Standardprogramm öffnen</translation>
    </message>
    <message>
        <source>Copy the photo</source>
        <translation>Foto kopieren</translation>
    </message>
    <message>
        <source>Copy the path</source>
        <translation>Pfad kopieren</translation>
    </message>
    <message>
        <source>Find similar photos</source>
        <translation>Ähnliche Fotos suchen</translation>
    </message>
    <message>
        <source>Export these…</source>
        <translation>Diese exportieren…</translation>
    </message>
    <message>
        <source>Take out of the best shots</source>
        <translation>Aus den besten Fotos herausnehmen</translation>
    </message>
    <message>
        <source>Stars; 0 clears</source>
        <translation>Sterne; 0 löscht</translation>
    </message>
    <message>
        <source>The same, and go on</source>
        <translation>Dasselbe, und weiter</translation>
    </message>
    <message>
        <source>Pick, reject, no flag</source>
        <translation>Auswählen, ablehnen, keine Marke</translation>
    </message>
    <message>
        <source>Red, yellow, green, blue</source>
        <translation>Rot, Gelb, Grün, Blau</translation>
    </message>
    <message>
        <source>Confirm hollow stars</source>
        <translation>Hohle Sterne bestätigen</translation>
    </message>
    <message>
        <source>Keep the best of the burst, reject the rest</source>
        <translation>Das Beste der Serie behalten, den Rest ablehnen</translation>
    </message>
    <message>
        <source>Go on after each rating</source>
        <translation>Nach jeder Bewertung weiter</translation>
    </message>
    <message>
        <source>Select all shown</source>
        <translation>Alle gezeigten auswählen</translation>
    </message>
    <message>
        <source>Select none</source>
        <translation>Keine auswählen</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>Wiederholen</translation>
    </message>
    <message>
        <source>Suggest photos to rate</source>
        <translation>Fotos zum Bewerten vorschlagen</translation>
    </message>
    <message>
        <source>Personalize</source>
        <translation>Personalisieren</translation>
    </message>
    <message>
        <source>Score photos in the background</source>
        <translation>Fotos im Hintergrund einschätzen</translation>
    </message>
    <message>
        <source>Check me: rate ten photos blindly</source>
        <translation>Prüfe mich: zehn Fotos blind bewerten</translation>
    </message>
    <message>
        <source>Taste profiles…</source>
        <translation>Geschmacksprofile…</translation>
    </message>
    <message>
        <source>Banks and device…</source>
        <translation>Banken und Gerät…</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Tasten</translation>
    </message>
    <message>
        <source>Open the log file</source>
        <translation>Protokolldatei öffnen</translation>
    </message>
    <message>
        <source>About photoaes</source>
        <translation>Über photoaes</translation>
    </message>
</context>
<context>
    <name>AlbumCommands</name>
    <message>
        <source>Open a folder of photos</source>
        <translation>Ordner mit Fotos öffnen</translation>
    </message>
    <message>
        <source>No photo of this album is missing.</source>
        <translation>In diesem Album fehlt kein Foto.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln photos of this album are no longer where they were.</source>
        <translation>
            <numerusform>%Ln Foto dieses Albums ist nicht mehr, wo es war.</numerusform>
            <numerusform>%Ln Fotos dieses Albums sind nicht mehr, wo sie waren.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln missing photos forgotten.</source>
        <translation>
            <numerusform>%Ln fehlendes Foto vergessen.</numerusform>
            <numerusform>%Ln fehlende Fotos vergessen.</numerusform>
        </translation>
    </message>
    <message>
        <source>Looking for photos</source>
        <translation>Suche Fotos</translation>
    </message>
    <message>
        <source>Looking at new files</source>
        <translation>Neue Dateien ansehen</translation>
    </message>
    <message>
        <source>Reading dates, cameras and stars</source>
        <translation>Daten, Kameras und Sterne lesen</translation>
    </message>
    <message>
        <source>Copying the sample album</source>
        <translation>Beispielalbum kopieren</translation>
    </message>
    <message numerus="yes">
        <source>%Ln photos are missing; their stars are kept.</source>
        <translation>
            <numerusform>%Ln Foto fehlt; seine Sterne bleiben erhalten.</numerusform>
            <numerusform>%Ln Fotos fehlen; ihre Sterne bleiben erhalten.</numerusform>
        </translation>
    </message>
    <message>
        <source>{0} is not there now, or empty. All that is known of it stays on show.</source>
        <translation>{0} ist gerade nicht da oder leer. Alles, was davon bekannt ist, bleibt zu sehen.</translation>
    </message>
    <message>
        <source>There are no scores yet: press Personalize first.</source>
        <translation>Es gibt noch keine Werte: Drücken Sie zuerst „Personalisieren“.</translation>
    </message>
    <message>
        <source>{0} is back.</source>
        <translation>{0} ist wieder da.</translation>
    </message>
</context>
<context>
    <name>BackboneLine</name>
    <message>
        <source>Download the network now</source>
        <translation>Das Netz jetzt herunterladen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Download</source>
        <translation>Herunterladen</translation>
    </message>
    <message>
        <source>Connecting…</source>
        <translation>Verbinden…</translation>
    </message>
    <message>
        <source>{0} of {1} MB</source>
        <translation>{0} von {1} MB</translation>
    </message>
    <message>
        <source>{0} MB</source>
        <translation>{0} MB</translation>
    </message>
    <message>
        <source>Stopped. The next time it goes on from here.</source>
        <translation>Angehalten. Beim nächsten Mal geht es von hier weiter.</translation>
    </message>
</context>
<context>
    <name>BanksBody</name>
    <message>
        <source>Banks</source>
        <translation>Banken</translation>
    </message>
    <message>
        <source>Use this bank</source>
        <translation>Diese Bank benutzen</translation>
    </message>
    <message>
        <source>Add a bank from a folder…</source>
        <translation>Bank aus einem Ordner hinzufügen…</translation>
    </message>
    <message>
        <source>the fastest that works</source>
        <translation>auf dem schnellsten, das geht</translation>
    </message>
    <message>
        <source>Compute on</source>
        <translation>Rechnen</translation>
    </message>
    <message>
        <source>your stars, and what is known of people</source>
        <translation>Ihre Sterne und das, was von Menschen bekannt ist</translation>
    </message>
    <message>
        <source>the published method alone (slower)</source>
        <translation>allein das veröffentlichte Verfahren (langsamer)</translation>
    </message>
    <message>
        <source>Network {0}; {1} MB; licence: {2}</source>
        <translation>Netz {0}; {1} MB; Lizenz: {2}</translation>
    </message>
    <message>
        <source>Its network is downloaded once from its publisher, when you first personalize with it.</source>
        <translation>Ihr Netz wird einmal von seinem Herausgeber geladen, wenn Sie zum ersten Mal mit ihr personalisieren.</translation>
    </message>
    <message>
        <source>Learn by</source>
        <translation>Lernen durch</translation>
    </message>
    <message>
        <source>Looking for processors…</source>
        <translation>Suche Prozessoren…</translation>
    </message>
    <message>
        <source>{0}   (in use)</source>
        <translation>{0}   (in Gebrauch)</translation>
    </message>
    <message numerus="yes">
        <source>%Ln experts: {0}</source>
        <translation>
            <numerusform>%Ln Experte: {0}</numerusform>
            <numerusform>%Ln Experten: {0}</numerusform>
        </translation>
    </message>
    <message>
        <source>Folder of a bank</source>
        <translation>Ordner einer Bank</translation>
    </message>
</context>
<context>
    <name>BestShots</name>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>The export was stopped; what is in the folder is whole.</source>
        <translation>Der Export wurde angehalten; was im Ordner liegt, ist vollständig.</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message numerus="yes">
        <source>%Ln files exported to {0}.</source>
        <translation>
            <numerusform>%Ln Datei nach {0} exportiert.</numerusform>
            <numerusform>%Ln Dateien nach {0} exportiert.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CellDelegate</name>
    <message>
        <source>not there</source>
        <translation>nicht da</translation>
    </message>
    <message>
        <source>Not there</source>
        <translation>Nicht da</translation>
    </message>
    <message>
        <source>Not readable</source>
        <translation>Nicht lesbar</translation>
    </message>
    <message>
        <source>Damaged</source>
        <translation>Beschädigt</translation>
    </message>
</context>
<context>
    <name>CheckLine</name>
    <message numerus="yes">
        <source>Rate %Ln photos without seeing scores, then compare</source>
        <translation>
            <numerusform>%Ln Foto ohne Blick auf Werte bewerten, dann vergleichen</numerusform>
            <numerusform>%Ln Fotos ohne Blick auf Werte bewerten, dann vergleichen</numerusform>
        </translation>
    </message>
    <message>
        <source>Blind check: {0} of {1} rated. Give each photo the stars that you think it deserves; no score is shown.</source>
        <translation>Blinde Probe: {0} von {1} bewertet. Geben Sie jedem Foto die Sterne, die es für Sie verdient; Werte werden nicht gezeigt.</translation>
    </message>
    <message>
        <source>End the check</source>
        <translation>Probe beenden</translation>
    </message>
    <message>
        <source>Check me</source>
        <translation>Prüfe mich</translation>
    </message>
    <message>
        <source>Nothing to compare: use at least two different values in a check.</source>
        <translation>Nichts zu vergleichen: Geben Sie in einer Probe mindestens zwei verschiedene Sternzahlen.</translation>
    </message>
    <message>
        <source>Blind check: of {0} pairs that you told apart, your taste had {1} in your order, the general score {2}.</source>
        <translation>Blinde Probe: Von {0} Paaren, die Sie unterschieden haben, hatte Ihr Geschmack {1} in Ihrer Ordnung, der allgemeine Wert {2}.</translation>
    </message>
    <message>
        <source>So few photos show large differences only.</source>
        <translation>So wenige Fotos zeigen nur große Unterschiede.</translation>
    </message>
</context>
<context>
    <name>ClockCommands</name>
    <message>
        <source>No photo of this album names its camera.</source>
        <translation>Kein Foto dieses Albums nennt seine Kamera.</translation>
    </message>
</context>
<context>
    <name>ClocksDialog</name>
    <message>
        <source>Clocks of the cameras</source>
        <translation>Uhren der Kameras</translation>
    </message>
    <message>
        <source>If a camera’s clock was an hour late, write 1h (or 1:00:00) behind it; if it was ahead, -1h. The photos stay as they are; only their order changes.</source>
        <translation>Ging die Uhr einer Kamera eine Stunde nach, schreiben Sie 1h (oder 1:00:00) dahinter; ging sie vor, -1h. Die Fotos bleiben, wie sie sind; nur ihre Reihenfolge ändert sich.</translation>
    </message>
    <message numerus="yes">
        <source>{0} (%Ln photos)</source>
        <translation>
            <numerusform>{0} (%Ln Foto)</numerusform>
            <numerusform>{0} (%Ln Fotos)</numerusform>
        </translation>
    </message>
    <message>
        <source>Put right</source>
        <translation>Richtigstellen</translation>
    </message>
</context>
<context>
    <name>Controls</name>
    <message>
        <source>How many</source>
        <translation>Wie viele</translation>
    </message>
    <message>
        <source>photos</source>
        <translation>Fotos</translation>
    </message>
    <message>
        <source>percent</source>
        <translation>Prozent</translation>
    </message>
    <message>
        <source>Photos or percent</source>
        <translation>Fotos oder Prozent</translation>
    </message>
    <message>
        <source>Rejected photos</source>
        <translation>Abgelehnte Fotos</translation>
    </message>
    <message>
        <source>best</source>
        <translation>beste</translation>
    </message>
    <message>
        <source>selection</source>
        <translation>Auswahl</translation>
    </message>
    <message>
        <source>rejected</source>
        <translation>abgelehnt</translation>
    </message>
    <message>
        <source>of each day</source>
        <translation>von jedem Tag</translation>
    </message>
    <message>
        <source>of each hour</source>
        <translation>von jeder Stunde</translation>
    </message>
    <message>
        <source>of each scene</source>
        <translation>je Szene</translation>
    </message>
    <message>
        <source>A scene is what was taken without a pause of ten minutes</source>
        <translation>Eine Szene ist, was ohne eine Pause von zehn Minuten aufgenommen wurde</translation>
    </message>
    <message>
        <source>At least this score</source>
        <translation>Mindestens dieser Wert</translation>
    </message>
    <message>
        <source>one per burst</source>
        <translation>eines je Serie</translation>
    </message>
    <message>
        <source>Take out selected</source>
        <translation>Ausgewählte herausnehmen</translation>
    </message>
    <message>
        <source>Backspace does the same; the next best moves up</source>
        <translation>Die Rücktaste tut dasselbe; das nächstbeste rückt nach</translation>
    </message>
    <message>
        <source>Put all back</source>
        <translation>Alle zurücklegen</translation>
    </message>
    <message>
        <source>Folder to export to</source>
        <translation>Zielordner</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Wählen…</translation>
    </message>
    <message>
        <source>copies</source>
        <translation>Kopien</translation>
    </message>
    <message>
        <source>hard links</source>
        <translation>harte Links</translation>
    </message>
    <message>
        <source>symbolic links</source>
        <translation>symbolische Links</translation>
    </message>
    <message>
        <source>web page</source>
        <translation>Webseite</translation>
    </message>
    <message>
        <source>A folder with small and large pictures, for any server</source>
        <translation>Ein Ordner mit kleinen und großen Bildern, für jeden Server</translation>
    </message>
    <message>
        <source>with at least</source>
        <translation>mit mindestens</translation>
    </message>
    <message>
        <source>These photos</source>
        <translation>Diese Fotos</translation>
    </message>
    <message>
        <source>Copies or links</source>
        <translation>Kopien oder Links</translation>
    </message>
    <message>
        <source>Names of the files</source>
        <translation>Namen der Dateien</translation>
    </message>
    <message>
        <source>{rank} is the place, {name} the photo&apos;s own name</source>
        <translation>{rank} ist der Platz, {name} der Name des Fotos</translation>
    </message>
    <message>
        <source>RAW and JPEG</source>
        <translation>RAW und JPEG</translation>
    </message>
    <message>
        <source>JPEG only</source>
        <translation>nur JPEG</translation>
    </message>
    <message>
        <source>RAW only</source>
        <translation>nur RAW</translation>
    </message>
    <message>
        <source>Which files of a photo</source>
        <translation>Welche Dateien eines Fotos</translation>
    </message>
    <message>
        <source>sidecars too</source>
        <translation>auch Begleitdateien</translation>
    </message>
    <message>
        <source>no XMP</source>
        <translation>kein XMP</translation>
    </message>
    <message>
        <source>stars as IMG.CR2.xmp</source>
        <translation>Sterne als IMG.CR2.xmp</translation>
    </message>
    <message>
        <source>stars as IMG.xmp</source>
        <translation>Sterne als IMG.xmp</translation>
    </message>
    <message>
        <source>Stars beside the copies</source>
        <translation>Sterne neben den Kopien</translation>
    </message>
    <message>
        <source>names of my own…</source>
        <translation>eigene Namen…</translation>
    </message>
    <message>
        <source>A small file beside each copy says its stars and score. IMG.xmp is for Lightroom and Capture One, IMG.CR2.xmp for darktable and digiKam</source>
        <translation>Eine kleine Datei neben jeder Kopie nennt ihre Sterne und ihren Wert. IMG.xmp ist für Lightroom und Capture One, IMG.CR2.xmp für darktable und digiKam</translation>
    </message>
    <message>
        <source>contact sheet</source>
        <translation>Kontaktbogen</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Exportieren</translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation>Ordner öffnen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Best shots</source>
        <translation>Beste Fotos</translation>
    </message>
    <message>
        <source>Export to</source>
        <translation>Exportieren nach</translation>
    </message>
    <message>
        <source>named</source>
        <translation>benannt</translation>
    </message>
    <message>
        <source>With them</source>
        <translation>Dazu</translation>
    </message>
</context>
<context>
    <name>DetailsBody</name>
    <message>
        <source>Could not be read, and have no score:</source>
        <translation>Konnten nicht gelesen werden und haben keinen Wert:</translation>
    </message>
    <message>
        <source>Photos that could not be read</source>
        <translation>Fotos, die nicht gelesen werden konnten</translation>
    </message>
    <message numerus="yes">
        <source>%Ln rated photos</source>
        <translation>
            <numerusform>%Ln bewertetes Foto</numerusform>
            <numerusform>%Ln bewertete Fotos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln more of earlier albums</source>
        <translation>
            <numerusform>%Ln weiteres aus früheren Alben</numerusform>
            <numerusform>%Ln weitere aus früheren Alben</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln compared pairs</source>
        <translation>
            <numerusform>%Ln verglichenes Paar</numerusform>
            <numerusform>%Ln verglichene Paare</numerusform>
        </translation>
    </message>
    <message>
        <source>Held-out pairs ordered alike: {0} ± {1} (general score {2}). Rank correlation (SROCC) {3} ± {4} (general {5}).</source>
        <translation>Zurückgehaltene Paare gleich geordnet: {0} ± {1} (allgemeiner Wert {2}). Rangkorrelation (SROCC) {3} ± {4} (allgemein {5}).</translation>
    </message>
    <message>
        <source>Your own taste has a share of {0} % in the order.</source>
        <translation>Ihr eigener Geschmack hat an der Ordnung einen Anteil von {0} %.</translation>
    </message>
    <message>
        <source>On show are the scores of the linear model, which follows every star at once. Personalize again for those of the merged model.</source>
        <translation>Zu sehen sind die Werte des linearen Modells, das jedem Stern sofort folgt. Personalisieren Sie neu für die des zusammengeführten Modells.</translation>
    </message>
    <message>
        <source>On show are the merged model&apos;s own scores.</source>
        <translation>Zu sehen sind die eigenen Werte des zusammengeführten Modells.</translation>
    </message>
    <message>
        <source>On show are the merged model&apos;s own scores. Its linear model, which answers while you rate, orders the album alike with SROCC {0}.</source>
        <translation>Zu sehen sind die eigenen Werte des zusammengeführten Modells. Sein lineares Modell, das beim Bewerten antwortet, ordnet das Album gleich mit SROCC {0}.</translation>
    </message>
</context>
<context>
    <name>Dialogs</name>
    <message>
        <source>Banks and device</source>
        <translation>Banken und Gerät</translation>
    </message>
    <message>
        <source>What was learned</source>
        <translation>Was gelernt wurde</translation>
    </message>
    <message>
        <source>Something went wrong that should not have. Your ratings are saved. The details below help to find the cause; they are in the log file too.</source>
        <translation>Etwas ist schiefgegangen, das nicht hätte schiefgehen dürfen. Ihre Bewertungen sind gespeichert. Die Einzelheiten unten helfen, die Ursache zu finden; sie stehen auch in der Protokolldatei.</translation>
    </message>
    <message>
        <source>Taste profiles</source>
        <translation>Geschmacksprofile</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Tasten</translation>
    </message>
    <message>
        <source>Learns your taste from a few stars and ranks the whole album, offline.</source>
        <translation>Lernt Ihren Geschmack aus wenigen Sternen und ordnet das ganze Album, ohne Netz.</translation>
    </message>
    <message>
        <source>MIT licence. The method is by Yun and Choo, ECCV 2024 (arXiv 2407.07176).</source>
        <translation>MIT-Lizenz. Das Verfahren ist von Yun und Choo, ECCV 2024 (arXiv 2407.07176).</translation>
    </message>
    <message>
        <source>Made with:</source>
        <translation>Gemacht mit:</translation>
    </message>
    <message>
        <source>About photoaes</source>
        <translation>Über photoaes</translation>
    </message>
    <message>
        <source>Forget missing photos</source>
        <translation>Fehlende Fotos vergessen</translation>
    </message>
    <message>
        <source>Photos on a drive that is not connected, or in another folder now, keep their stars: they are recognised when you open that folder. Forget them only if they are gone for good. Their stars, flags and history go too, and that cannot be undone.</source>
        <translation>Fotos auf einem nicht angeschlossenen Laufwerk oder jetzt in einem anderen Ordner behalten ihre Sterne: Sie werden erkannt, wenn Sie diesen Ordner öffnen. Vergessen Sie sie nur, wenn sie endgültig weg sind. Auch ihre Sterne, Marken und ihr Verlauf gehen verloren, und das lässt sich nicht rückgängig machen.</translation>
    </message>
    <message>
        <source>Forget them</source>
        <translation>Vergessen</translation>
    </message>
    <message>
        <source>Keep them</source>
        <translation>Behalten</translation>
    </message>
</context>
<context>
    <name>Elsewhere</name>
    <message>
        <source>This computer has no program set up that opens {0}.</source>
        <translation>Auf diesem Rechner ist kein Programm eingerichtet, das {0} öffnet.</translation>
    </message>
    <message>
        <source>Set one up in the desktop&apos;s settings, or copy the path.</source>
        <translation>Richten Sie eines in den Einstellungen der Arbeitsumgebung ein, oder kopieren Sie den Pfad.</translation>
    </message>
    <message>
        <source>Copy the path</source>
        <translation>Pfad kopieren</translation>
    </message>
</context>
<context>
    <name>EmptyStates</name>
    <message>
        <source>No photo is as good as that. Lower “at least” below.</source>
        <translation>So gut ist kein Foto. Senken Sie unten „mindestens“.</translation>
    </message>
    <message numerus="yes">
        <source>All %Ln photos are hidden by filters.</source>
        <translation>
            <numerusform>Das eine Foto ist durch Filter verborgen.</numerusform>
            <numerusform>Alle %Ln Fotos sind durch Filter verborgen.</numerusform>
        </translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>Alle zeigen</translation>
    </message>
    <message>
        <source>Open another folder</source>
        <translation>Anderen Ordner öffnen</translation>
    </message>
    <message>
        <source>If it lies on a drive, plug that in: it opens by itself.</source>
        <translation>Liegt er auf einem Laufwerk, schließen Sie es an: Er öffnet sich von selbst.</translation>
    </message>
    <message>
        <source>Photos are JPEG, PNG, TIFF, WebP, HEIC and RAW files, in folders below it too.</source>
        <translation>Fotos sind JPEG-, PNG-, TIFF-, WebP-, HEIC- und RAW-Dateien, auch in Ordnern darunter.</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>Noch einmal nachsehen</translation>
    </message>
    <message>
        <source>Move rejected photos back</source>
        <translation>Abgelehnte Fotos zurückholen</translation>
    </message>
    <message>
        <source>Try it with the sample album</source>
        <translation>Mit dem Beispielalbum ausprobieren</translation>
    </message>
</context>
<context>
    <name>FaceCommands</name>
    <message>
        <source>Small faces are shown large; large ones are as they are.</source>
        <translation>Kleine Gesichter werden groß gezeigt; große bleiben, wie sie sind.</translation>
    </message>
    <message>
        <source>Looking for faces</source>
        <translation>Gesichter werden gesucht</translation>
    </message>
    <message numerus="yes">
        <source>Looked for faces on %Ln photos: see Filter.</source>
        <translation>
            <numerusform>Auf %Ln Foto nach Gesichtern gesucht: siehe Filter.</numerusform>
            <numerusform>Auf %Ln Fotos nach Gesichtern gesucht: siehe Filter.</numerusform>
        </translation>
    </message>
    <message>
        <source>Faces</source>
        <translation>Gesichter</translation>
    </message>
    <message>
        <source>Finding faces and closed eyes needs an addition of 7 MB.</source>
        <translation>Um Gesichter und geschlossene Augen zu finden, fehlt ein Zusatz von 7 MB.</translation>
    </message>
    <message>
        <source>Install it, then start photoaes again:</source>
        <translation>Installieren Sie ihn und starten Sie photoaes neu:</translation>
    </message>
</context>
<context>
    <name>FaceText</name>
    <message numerus="yes">
        <source>%Ln faces</source>
        <translation>
            <numerusform>%Ln Gesicht</numerusform>
            <numerusform>%Ln Gesichter</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln faces with closed eyes</source>
        <translation>
            <numerusform>%Ln Gesicht mit geschlossenen Augen</numerusform>
            <numerusform>%Ln Gesichter mit geschlossenen Augen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln faces out of focus</source>
        <translation>
            <numerusform>%Ln unscharfes Gesicht</numerusform>
            <numerusform>%Ln unscharfe Gesichter</numerusform>
        </translation>
    </message>
    <message>
        <source>With faces</source>
        <translation>Mit Gesichtern</translation>
    </message>
    <message>
        <source>Closed eyes</source>
        <translation>Geschlossene Augen</translation>
    </message>
    <message>
        <source>Out of focus</source>
        <translation>Unscharf</translation>
    </message>
    <message>
        <source>Nobody</source>
        <translation>Niemand</translation>
    </message>
</context>
<context>
    <name>FacetPanel</name>
    <message>
        <source>Filters</source>
        <translation>Filter</translation>
    </message>
    <message>
        <source>Stars</source>
        <translation>Sterne</translation>
    </message>
    <message>
        <source>Flag</source>
        <translation>Marke</translation>
    </message>
    <message>
        <source>Label</source>
        <translation>Farbe</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>Kamera</translation>
    </message>
    <message>
        <source>Date</source>
        <translation>Datum</translation>
    </message>
    <message>
        <source>Faces</source>
        <translation>Gesichter</translation>
    </message>
    <message>
        <source>Unrated</source>
        <translation>Unbewertet</translation>
    </message>
    <message numerus="yes">
        <source>%Ln stars</source>
        <translation>
            <numerusform>%Ln Stern</numerusform>
            <numerusform>%Ln Sterne</numerusform>
        </translation>
    </message>
    <message>
        <source>Picked</source>
        <translation>Ausgewählt</translation>
    </message>
    <message>
        <source>Rejected</source>
        <translation>Abgelehnt</translation>
    </message>
    <message>
        <source>No flag</source>
        <translation>Keine Marke</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Keine</translation>
    </message>
    <message>
        <source>Unknown</source>
        <translation>Unbekannt</translation>
    </message>
</context>
<context>
    <name>FacetRow</name>
    <message numerus="yes">
        <source>%Ln photos</source>
        <translation>
            <numerusform>%Ln Foto</numerusform>
            <numerusform>%Ln Fotos</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Facts</name>
    <message>
        <source>Place: {0:.5f}, {1:.5f}</source>
        <translation>Ort: {0:.5f}, {1:.5f}</translation>
    </message>
    <message>
        <source>The file is not there any more.</source>
        <translation>Die Datei ist nicht mehr da.</translation>
    </message>
    <message>
        <source>as XMP says</source>
        <translation>laut XMP</translation>
    </message>
    <message>
        <source>as IPTC says</source>
        <translation>laut IPTC</translation>
    </message>
    <message>
        <source>when it was last saved</source>
        <translation>zuletzt gespeichert</translation>
    </message>
    <message>
        <source>as its sidecar file says</source>
        <translation>laut Begleitdatei</translation>
    </message>
    <message>
        <source>as its name says</source>
        <translation>laut Name</translation>
    </message>
</context>
<context>
    <name>FilterBar</name>
    <message>
        <source>Sort by</source>
        <translation>Sortieren nach</translation>
    </message>
    <message>
        <source>Turn the order round</source>
        <translation>Reihenfolge umkehren</translation>
    </message>
    <message>
        <source>Group the photos</source>
        <translation>Fotos gruppieren</translation>
    </message>
    <message>
        <source>Sort again</source>
        <translation>Neu sortieren</translation>
    </message>
    <message>
        <source>Add a filter</source>
        <translation>Filter hinzufügen</translation>
    </message>
    <message>
        <source>Name contains</source>
        <translation>Name enthält</translation>
    </message>
    <message>
        <source>Sort</source>
        <translation>Sortierung</translation>
    </message>
    <message>
        <source>Filter again</source>
        <translation>Neu filtern</translation>
    </message>
    <message>
        <source>{0}: what you marked since is not in its place yet</source>
        <translation>{0}: was Sie seither markiert haben, steht noch nicht an seinem Platz</translation>
    </message>
    <message>
        <source>All photos are in their places</source>
        <translation>Alle Fotos stehen an ihrem Platz</translation>
    </message>
    <message>
        <source>Group by</source>
        <translation>Gruppieren nach</translation>
    </message>
    <message>
        <source>No groups</source>
        <translation>Keine Gruppen</translation>
    </message>
    <message>
        <source>By day</source>
        <translation>Nach Tagen</translation>
    </message>
    <message>
        <source>Timeline: the best of each day</source>
        <translation>Zeitleiste: das Beste jedes Tages</translation>
    </message>
    <message>
        <source>By look</source>
        <translation>Nach Aussehen</translation>
    </message>
    <message>
        <source>Bursts in stacks</source>
        <translation>Serien als Stapel</translation>
    </message>
    <message>
        <source>Date</source>
        <translation>Datum</translation>
    </message>
    <message>
        <source>My score</source>
        <translation>Mein Wert</translation>
    </message>
    <message>
        <source>General score</source>
        <translation>Allgemeiner Wert</translation>
    </message>
    <message>
        <source>Moved by my taste</source>
        <translation>Durch meinen Geschmack verschoben</translation>
    </message>
    <message>
        <source>Stars</source>
        <translation>Sterne</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>File size</source>
        <translation>Dateigröße</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>Kamera</translation>
    </message>
    <message>
        <source>Burst</source>
        <translation>Serie</translation>
    </message>
    <message>
        <source>Highest or latest first</source>
        <translation>Höchste oder neueste zuerst</translation>
    </message>
    <message>
        <source>Lowest or earliest first</source>
        <translation>Niedrigste oder älteste zuerst</translation>
    </message>
    <message>
        <source>at least</source>
        <translation>mindestens</translation>
    </message>
    <message>
        <source>exactly</source>
        <translation>genau</translation>
    </message>
    <message>
        <source>at most</source>
        <translation>höchstens</translation>
    </message>
    <message>
        <source>unrated</source>
        <translation>unbewertet</translation>
    </message>
    <message>
        <source>Picked</source>
        <translation>Ausgewählt</translation>
    </message>
    <message>
        <source>Not rejected</source>
        <translation>Nicht abgelehnt</translation>
    </message>
    <message>
        <source>Portrait format</source>
        <translation>Hochformat</translation>
    </message>
    <message>
        <source>Landscape format</source>
        <translation>Querformat</translation>
    </message>
    <message>
        <source>Best of each burst</source>
        <translation>Bestes jeder Serie</translation>
    </message>
    <message>
        <source>With faces</source>
        <translation>Mit Gesichtern</translation>
    </message>
    <message>
        <source>With closed eyes</source>
        <translation>Mit geschlossenen Augen</translation>
    </message>
    <message>
        <source>With faces out of focus</source>
        <translation>Mit unscharfen Gesichtern</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>Alle zeigen</translation>
    </message>
    <message>
        <source>not: {0}</source>
        <translation>nicht: {0}</translation>
    </message>
    <message>
        <source>Press to remove; right-click for the opposite</source>
        <translation>Drücken entfernt; Rechtsklick kehrt um</translation>
    </message>
    <message>
        <source>Filter {0}, press to remove</source>
        <translation>Filter {0}, drücken entfernt</translation>
    </message>
    <message>
        <source>picked</source>
        <translation>ausgewählt</translation>
    </message>
    <message>
        <source>rejected</source>
        <translation>abgelehnt</translation>
    </message>
    <message>
        <source>no flag</source>
        <translation>keine Marke</translation>
    </message>
    <message>
        <source>portrait</source>
        <translation>Hochformat</translation>
    </message>
    <message>
        <source>landscape</source>
        <translation>Querformat</translation>
    </message>
    <message>
        <source>best of each burst</source>
        <translation>bestes jeder Serie</translation>
    </message>
    <message>
        <source>suggested</source>
        <translation>vorgeschlagen</translation>
    </message>
    <message>
        <source>similar</source>
        <translation>ähnlich</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>unbekannt</translation>
    </message>
    <message numerus="yes">
        <source>%Ln values</source>
        <translation>
            <numerusform>%Ln Wert</numerusform>
            <numerusform>%Ln Werte</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FindingLooks</name>
    <message>
        <source>What photos look like is not known yet: press Personalize first.</source>
        <translation>Wie die Fotos aussehen, ist noch nicht bekannt: Drücken Sie zuerst „Personalisieren“.</translation>
    </message>
</context>
<context>
    <name>GridModel</name>
    <message>
        <source>You rejected it: it stands last, whatever the score.</source>
        <translation>Von Ihnen abgelehnt: Es steht zuletzt, was auch immer der Wert sagt.</translation>
    </message>
    <message numerus="yes">
        <source>Your %Ln stars place it, before the score.</source>
        <translation>
            <numerusform>Ihr %Ln Stern bestimmt den Platz, vor dem Wert.</numerusform>
            <numerusform>Ihre %Ln Sterne bestimmen den Platz, vor dem Wert.</numerusform>
        </translation>
    </message>
    <message>
        <source>Hollow stars were made of a score; yours replace them.</source>
        <translation>Hohle Sterne sind aus einem Wert gemacht; Ihre ersetzen sie.</translation>
    </message>
    <message>
        <source>unrated</source>
        <translation>unbewertet</translation>
    </message>
    <message numerus="yes">
        <source>%Ln stars made of a score</source>
        <translation>
            <numerusform>%Ln Stern aus einem Wert gemacht</numerusform>
            <numerusform>%Ln Sterne aus einem Wert gemacht</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln stars</source>
        <translation>
            <numerusform>%Ln Stern</numerusform>
            <numerusform>%Ln Sterne</numerusform>
        </translation>
    </message>
    <message>
        <source>rank {0} of {1}</source>
        <translation>Platz {0} von {1}</translation>
    </message>
    <message>
        <source>picked</source>
        <translation>ausgewählt</translation>
    </message>
    <message>
        <source>rejected</source>
        <translation>abgelehnt</translation>
    </message>
    <message>
        <source>label {0}</source>
        <translation>Farbe {0}</translation>
    </message>
</context>
<context>
    <name>GridView</name>
    <message>
        <source>Photos</source>
        <translation>Fotos</translation>
    </message>
</context>
<context>
    <name>Guide</name>
    <message>
        <source>Close the guide</source>
        <translation>Anleitung schließen</translation>
    </message>
    <message>
        <source>Step {0} of 3</source>
        <translation>Schritt {0} von 3</translation>
    </message>
    <message>
        <source>Give stars with the keys 1 to 5: love and dislike teach most. {0} of {1} rated.</source>
        <translation>Geben Sie Sterne mit den Tasten 1 bis 5: Liebe und Abneigung lehren am meisten. {0} von {1} bewertet.</translation>
    </message>
    <message>
        <source>Suggest photos</source>
        <translation>Fotos vorschlagen</translation>
    </message>
    <message>
        <source>All stars so far are alike. Give some that differ: love and dislike teach most.</source>
        <translation>Alle Sterne sind bisher gleich. Geben Sie auch andere: Liebe und Abneigung lehren am meisten.</translation>
    </message>
    <message>
        <source>Enough to start with. Now have the whole album put in your order.</source>
        <translation>Genug für den Anfang. Lassen Sie nun das ganze Album in Ihre Ordnung bringen.</translation>
    </message>
    <message>
        <source>Personalize</source>
        <translation>Personalisieren</translation>
    </message>
    <message>
        <source>This is your order, the best first. Now take the best shots out.</source>
        <translation>Das ist Ihre Ordnung, das Beste zuerst. Nehmen Sie nun die besten Fotos heraus.</translation>
    </message>
    <message>
        <source>The best come first; with more stars they are ever more yours. Now take the best shots out.</source>
        <translation>Das Beste kommt zuerst; mit mehr Sternen wird es immer mehr das Ihre. Nehmen Sie nun die besten Fotos heraus.</translation>
    </message>
    <message>
        <source>Best shots</source>
        <translation>Beste Fotos</translation>
    </message>
</context>
<context>
    <name>Headings</name>
    <message numerus="yes">
        <source>%Ln photos</source>
        <translation>
            <numerusform>%Ln Foto</numerusform>
            <numerusform>%Ln Fotos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>the best {0} of %Ln photos (S shows all)</source>
        <translation>
            <numerusform>das beste {0} von %Ln Foto (S zeigt alle)</numerusform>
            <numerusform>die besten {0} von %Ln Fotos (S zeigt alle)</numerusform>
        </translation>
    </message>
    <message>
        <source>Without a date</source>
        <translation>Ohne Datum</translation>
    </message>
    <message>
        <source>Not looked at yet</source>
        <translation>Noch nicht angesehen</translation>
    </message>
    <message>
        <source>Like {0}</source>
        <translation>Wie {0}</translation>
    </message>
</context>
<context>
    <name>HeatMap</name>
    <message>
        <source>Coefficients by task and layer</source>
        <translation>Koeffizienten nach Aufgabe und Schicht</translation>
    </message>
    <message>
        <source>first layer → last layer; amber: more than at the start, blue: less</source>
        <translation>erste Schicht → letzte Schicht; gelb: mehr als am Anfang, blau: weniger</translation>
    </message>
</context>
<context>
    <name>Labels</name>
    <message>
        <source>Red</source>
        <translation>Rot</translation>
    </message>
    <message>
        <source>Yellow</source>
        <translation>Gelb</translation>
    </message>
    <message>
        <source>Green</source>
        <translation>Grün</translation>
    </message>
    <message>
        <source>Blue</source>
        <translation>Blau</translation>
    </message>
    <message>
        <source>Purple</source>
        <translation>Violett</translation>
    </message>
</context>
<context>
    <name>Learning</name>
    <message>
        <source>My taste</source>
        <translation>Mein Geschmack</translation>
    </message>
    <message>
        <source>{0} (paper)</source>
        <translation>{0} (Veröffentlichung)</translation>
    </message>
    <message numerus="yes">
        <source>%Ln photos could not be read</source>
        <translation>
            <numerusform>%Ln Foto konnte nicht gelesen werden</numerusform>
            <numerusform>%Ln Fotos konnten nicht gelesen werden</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Loupe</name>
    <message>
        <source>About this photo</source>
        <translation>Über dieses Foto</translation>
    </message>
    <message>
        <source>Your taste against the general score:</source>
        <translation>Ihr Geschmack gegenüber dem allgemeinen Wert:</translation>
    </message>
</context>
<context>
    <name>LoupeAids</name>
    <message>
        <source>black {0} %, white {1} %</source>
        <translation>schwarz {0} %, weiß {1} %</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message numerus="yes">
        <source>%Ln photos</source>
        <translation>
            <numerusform>%Ln Foto</numerusform>
            <numerusform>%Ln Fotos</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MarkCommands</name>
    <message>
        <source>There is nothing to undo.</source>
        <translation>Es gibt nichts rückgängig zu machen.</translation>
    </message>
    <message>
        <source>There is nothing to redo.</source>
        <translation>Es gibt nichts zu wiederholen.</translation>
    </message>
    <message>
        <source>There are no scores yet: press Personalize first.</source>
        <translation>Es gibt noch keine Werte: Drücken Sie zuerst „Personalisieren“.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln photos have labels.</source>
        <translation>
            <numerusform>%Ln Foto hat eine Farbe.</numerusform>
            <numerusform>%Ln Fotos haben Farben.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photos have stars.</source>
        <translation>
            <numerusform>%Ln Foto hat Sterne.</numerusform>
            <numerusform>%Ln Fotos haben Sterne.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photos have hollow stars.</source>
        <translation>
            <numerusform>%Ln Foto hat hohle Sterne.</numerusform>
            <numerusform>%Ln Fotos haben hohle Sterne.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photos confirmed.</source>
        <translation>
            <numerusform>%Ln Foto bestätigt.</numerusform>
            <numerusform>%Ln Fotos bestätigt.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Kept the best, rejected %Ln.</source>
        <translation>
            <numerusform>Das Beste behalten, %Ln Foto abgelehnt.</numerusform>
            <numerusform>Das Beste behalten, %Ln Fotos abgelehnt.</numerusform>
        </translation>
    </message>
    <message>
        <source>There is nothing to reject: this is no burst.</source>
        <translation>Es gibt nichts abzulehnen: Das ist keine Serie.</translation>
    </message>
    <message>
        <source>Goes on after each rating.</source>
        <translation>Geht nach jeder Bewertung weiter.</translation>
    </message>
    <message>
        <source>Stays after each rating.</source>
        <translation>Bleibt nach jeder Bewertung stehen.</translation>
    </message>
    <message numerus="yes">
        <source>Undone for %Ln photos.</source>
        <translation>
            <numerusform>Bei %Ln Foto rückgängig gemacht.</numerusform>
            <numerusform>Bei %Ln Fotos rückgängig gemacht.</numerusform>
        </translation>
    </message>
    <message>
        <source>Undone.</source>
        <translation>Rückgängig gemacht.</translation>
    </message>
    <message numerus="yes">
        <source>Done again for %Ln photos.</source>
        <translation>
            <numerusform>Bei %Ln Foto wiederholt.</numerusform>
            <numerusform>Bei %Ln Fotos wiederholt.</numerusform>
        </translation>
    </message>
    <message>
        <source>Done again.</source>
        <translation>Wiederholt.</translation>
    </message>
    <message>
        <source>{0} is better: remembered.</source>
        <translation>{0} ist besser: gemerkt.</translation>
    </message>
</context>
<context>
    <name>MarkLine</name>
    <message>
        <source>picked</source>
        <translation>ausgewählt</translation>
    </message>
    <message>
        <source>rejected</source>
        <translation>abgelehnt</translation>
    </message>
</context>
<context>
    <name>Menus</name>
    <message>
        <source>Recent folders</source>
        <translation>Letzte Ordner</translation>
    </message>
    <message>
        <source>Menu</source>
        <translation>Menü</translation>
    </message>
    <message>
        <source>Stars</source>
        <translation>Sterne</translation>
    </message>
    <message numerus="yes">
        <source>%Ln stars</source>
        <translation>
            <numerusform>%Ln Stern</numerusform>
            <numerusform>%Ln Sterne</numerusform>
        </translation>
    </message>
    <message>
        <source>No stars</source>
        <translation>Keine Sterne</translation>
    </message>
    <message>
        <source>Flag</source>
        <translation>Marke</translation>
    </message>
    <message>
        <source>Pick</source>
        <translation>Auswählen</translation>
    </message>
    <message>
        <source>Reject</source>
        <translation>Ablehnen</translation>
    </message>
    <message>
        <source>No flag</source>
        <translation>Keine Marke</translation>
    </message>
    <message>
        <source>Label</source>
        <translation>Farbe</translation>
    </message>
    <message>
        <source>No label</source>
        <translation>Keine Farbe</translation>
    </message>
</context>
<context>
    <name>MoveDialog</name>
    <message>
        <source>Move rejected photos</source>
        <translation>Abgelehnte Fotos verschieben</translation>
    </message>
    <message>
        <source>The rejected photos leave the album for another folder, with their RAW files, sidecars and edits. Their stars and marks go along. Undo brings them back, also after a restart (Album, Move rejected photos back).</source>
        <translation>Die abgelehnten Fotos verlassen das Album in einen anderen Ordner, mit ihren RAW-Dateien, Begleitdateien und Bearbeitungen. Ihre Sterne und Marken gehen mit. Rückgängig holt sie zurück, auch nach einem Neustart (Album, Abgelehnte Fotos zurückholen).</translation>
    </message>
    <message>
        <source>{0} - rejected</source>
        <translation>{0} - abgelehnt</translation>
    </message>
    <message>
        <source>Folder to move to</source>
        <translation>Ordner, in den verschoben wird</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Wählen…</translation>
    </message>
    <message>
        <source>Yes, move my original files</source>
        <translation>Ja, meine Originaldateien verschieben</translation>
    </message>
    <message>
        <source>Move</source>
        <translation>Verschieben</translation>
    </message>
    <message>
        <source>Choose a folder.</source>
        <translation>Wählen Sie einen Ordner.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln photos</source>
        <translation>
            <numerusform>%Ln Foto</numerusform>
            <numerusform>%Ln Fotos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln files</source>
        <translation>
            <numerusform>%Ln Datei</numerusform>
            <numerusform>%Ln Dateien</numerusform>
        </translation>
    </message>
    <message>
        <source>{0} MB</source>
        <translation>{0} MB</translation>
    </message>
    <message>
        <source>This folder is inside the album: they stay in it.</source>
        <translation>Dieser Ordner liegt im Album: Sie bleiben darin.</translation>
    </message>
    <message>
        <source>Move to</source>
        <translation>Verschieben nach</translation>
    </message>
</context>
<context>
    <name>Movers</name>
    <message>
        <source>Moved up most</source>
        <translation>Am meisten gestiegen</translation>
    </message>
    <message>
        <source>Moved down most</source>
        <translation>Am meisten gesunken</translation>
    </message>
</context>
<context>
    <name>MovingCommands</name>
    <message>
        <source>No photo is rejected.</source>
        <translation>Kein Foto ist abgelehnt.</translation>
    </message>
    <message>
        <source>The album is still being read: move in a moment.</source>
        <translation>Das Album wird noch gelesen: Verschieben Sie gleich.</translation>
    </message>
    <message>
        <source>Moving photos</source>
        <translation>Fotos werden verschoben</translation>
    </message>
    <message numerus="yes">
        <source>%Ln files moved.</source>
        <translation>
            <numerusform>%Ln Datei verschoben.</numerusform>
            <numerusform>%Ln Dateien verschoben.</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing of this album was moved.</source>
        <translation>Aus diesem Album wurde nichts verschoben.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln files moved back.</source>
        <translation>
            <numerusform>%Ln Datei zurückgeholt.</numerusform>
            <numerusform>%Ln Dateien zurückgeholt.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln could not be: {0}</source>
        <translation>
            <numerusform>%Ln ging nicht: {0}</numerusform>
            <numerusform>%Ln gingen nicht: {0}</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>OutsideCommands</name>
    <message numerus="yes">
        <source>%Ln stars found in the photos and their sidecars.</source>
        <translation>
            <numerusform>%Ln Bewertung in den Fotos und ihren Begleitdateien gefunden.</numerusform>
            <numerusform>%Ln Bewertungen in den Fotos und ihren Begleitdateien gefunden.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln flags found in sidecars.</source>
        <translation>
            <numerusform>%Ln Markierung in Begleitdateien gefunden.</numerusform>
            <numerusform>%Ln Markierungen in Begleitdateien gefunden.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln labels found in sidecars.</source>
        <translation>
            <numerusform>%Ln Farbe in Begleitdateien gefunden.</numerusform>
            <numerusform>%Ln Farben in Begleitdateien gefunden.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln copies took over the stars of photos that are gone.</source>
        <translation>
            <numerusform>%Ln Kopie hat die Sterne eines Fotos übernommen, das weg ist.</numerusform>
            <numerusform>%Ln Kopien haben die Sterne von Fotos übernommen, die weg sind.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photos were marked anew in other programs.</source>
        <translation>
            <numerusform>%Ln Foto wurde in anderen Programmen neu markiert.</numerusform>
            <numerusform>%Ln Fotos wurden in anderen Programmen neu markiert.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photos keep your marks, which are newer than others.</source>
        <translation>
            <numerusform>%Ln Foto behält Ihre Bewertung: Sie ist neuer als die andere.</numerusform>
            <numerusform>%Ln Fotos behalten Ihre Bewertung: Sie ist neuer als die andere.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln questions are open: see Album.</source>
        <translation>
            <numerusform>%Ln Frage ist offen: siehe Album.</numerusform>
            <numerusform>%Ln Fragen sind offen: siehe Album.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photos have marks that photoaes does not read.</source>
        <translation>
            <numerusform>%Ln Foto hat Bewertungen, die photoaes nicht liest.</numerusform>
            <numerusform>%Ln Fotos haben Bewertungen, die photoaes nicht liest.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln marks could not be understood.</source>
        <translation>
            <numerusform>%Ln Bewertung war nicht zu verstehen.</numerusform>
            <numerusform>%Ln Bewertungen waren nicht zu verstehen.</numerusform>
        </translation>
    </message>
    <message>
        <source>There is nothing to settle.</source>
        <translation>Es gibt nichts zu klären.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln questions settled.</source>
        <translation>
            <numerusform>%Ln Frage geklärt.</numerusform>
            <numerusform>%Ln Fragen geklärt.</numerusform>
        </translation>
    </message>
    <message>
        <source>Sidecar files</source>
        <translation>Begleitdateien</translation>
    </message>
    <message numerus="yes">
        <source>The sidecar files of %Ln photos still say otherwise.</source>
        <translation>
            <numerusform>Die Begleitdatei von %Ln Foto sagt noch etwas anderes.</numerusform>
            <numerusform>Die Begleitdateien von %Ln Fotos sagen noch etwas anderes.</numerusform>
        </translation>
    </message>
    <message>
        <source>They were written before. Shall they say what the photos have now?</source>
        <translation>Sie wurden vorher geschrieben. Sollen sie sagen, was die Fotos jetzt haben?</translation>
    </message>
    <message>
        <source>Write again</source>
        <translation>Neu schreiben</translation>
    </message>
    <message>
        <source>Leave them</source>
        <translation>So lassen</translation>
    </message>
    <message numerus="yes">
        <source>%Ln sidecar files written.</source>
        <translation>
            <numerusform>%Ln Begleitdatei geschrieben.</numerusform>
            <numerusform>%Ln Begleitdateien geschrieben.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PartNames</name>
    <message>
        <source>pleasant subjects</source>
        <translation>angenehme Motive</translation>
    </message>
    <message>
        <source>stirring subjects</source>
        <translation>bewegende Motive</translation>
    </message>
    <message>
        <source>beauty to most people</source>
        <translation>was den meisten gefällt</translation>
    </message>
    <message>
        <source>taste of some people (1)</source>
        <translation>Geschmack einiger (1)</translation>
    </message>
    <message>
        <source>taste of some people (2)</source>
        <translation>Geschmack einiger (2)</translation>
    </message>
    <message>
        <source>taste of some people (3)</source>
        <translation>Geschmack einiger (3)</translation>
    </message>
    <message>
        <source>sharpness</source>
        <translation>Schärfe</translation>
    </message>
    <message>
        <source>clean, without noise</source>
        <translation>sauber, ohne Rauschen</translation>
    </message>
    <message>
        <source>without artefacts</source>
        <translation>ohne Artefakte</translation>
    </message>
    <message>
        <source>good exposure</source>
        <translation>gute Belichtung</translation>
    </message>
    <message>
        <source>rich colour</source>
        <translation>satte Farben</translation>
    </message>
    <message>
        <source>contrast</source>
        <translation>Kontrast</translation>
    </message>
    <message>
        <source>composition</source>
        <translation>Bildaufbau</translation>
    </message>
    <message>
        <source>level horizon</source>
        <translation>gerader Horizont</translation>
    </message>
    <message>
        <source>people</source>
        <translation>Menschen</translation>
    </message>
    <message>
        <source>animals</source>
        <translation>Tiere</translation>
    </message>
    <message>
        <source>food</source>
        <translation>Essen</translation>
    </message>
    <message>
        <source>flowers</source>
        <translation>Blumen</translation>
    </message>
    <message>
        <source>sea and sky</source>
        <translation>Meer und Himmel</translation>
    </message>
    <message>
        <source>mountains</source>
        <translation>Berge</translation>
    </message>
    <message>
        <source>forest</source>
        <translation>Wald</translation>
    </message>
    <message>
        <source>streets and buildings</source>
        <translation>Straßen und Gebäude</translation>
    </message>
    <message>
        <source>dark photos</source>
        <translation>dunkle Fotos</translation>
    </message>
    <message>
        <source>what else your stars show</source>
        <translation>was Ihre Sterne sonst zeigen</translation>
    </message>
    <message>
        <source>how many stars you give</source>
        <translation>wie viele Sterne Sie geben</translation>
    </message>
    <message>
        <source>you give more stars than most people</source>
        <translation>Sie geben mehr Sterne als die meisten</translation>
    </message>
    <message>
        <source>you give fewer stars than most people</source>
        <translation>Sie geben weniger Sterne als die meisten</translation>
    </message>
</context>
<context>
    <name>PhotoCommands</name>
    <message numerus="yes">
        <source>%Ln paths copied.</source>
        <translation>
            <numerusform>%Ln Pfad kopiert.</numerusform>
            <numerusform>%Ln Pfade kopiert.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photos copied.</source>
        <translation>
            <numerusform>%Ln Foto kopiert.</numerusform>
            <numerusform>%Ln Fotos kopiert.</numerusform>
        </translation>
    </message>
    <message>
        <source>What photos look like is not known yet: press Personalize first.</source>
        <translation>Wie die Fotos aussehen, ist noch nicht bekannt: Drücken Sie zuerst „Personalisieren“.</translation>
    </message>
    <message>
        <source>No photo is rejected.</source>
        <translation>Kein Foto ist abgelehnt.</translation>
    </message>
</context>
<context>
    <name>PhotoPane</name>
    <message>
        <source>{0} is not there now.</source>
        <translation>{0} ist gerade nicht da.</translation>
    </message>
    <message>
        <source>{0} cannot be shown: {1}.</source>
        <translation>{0} kann nicht gezeigt werden: {1}.</translation>
    </message>
    <message>
        <source>{0}, {1} %</source>
        <translation>{0}, {1} %</translation>
    </message>
    <message>
        <source>Damaged</source>
        <translation>Beschädigt</translation>
    </message>
</context>
<context>
    <name>PlanWording</name>
    <message numerus="yes">
        <source>%Ln photos</source>
        <translation>
            <numerusform>%Ln Foto</numerusform>
            <numerusform>%Ln Fotos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln files</source>
        <translation>
            <numerusform>%Ln Datei</numerusform>
            <numerusform>%Ln Dateien</numerusform>
        </translation>
    </message>
    <message>
        <source>{0} MB</source>
        <translation>{0} MB</translation>
    </message>
    <message numerus="yes">
        <source>%Ln names are taken and get a number</source>
        <translation>
            <numerusform>%Ln Name ist vergeben und bekommt eine Nummer</numerusform>
            <numerusform>%Ln Namen sind vergeben und bekommen eine Nummer</numerusform>
        </translation>
    </message>
    <message>
        <source>no name collides</source>
        <translation>kein Name ist vergeben</translation>
    </message>
    <message numerus="yes">
        <source>%Ln files are missing</source>
        <translation>
            <numerusform>%Ln Datei fehlt</numerusform>
            <numerusform>%Ln Dateien fehlen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln edits and films stay behind</source>
        <translation>
            <numerusform>%Ln Bearbeitung oder Film bleibt zurück</numerusform>
            <numerusform>%Ln Bearbeitungen und Filme bleiben zurück</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photos of {0} bursts left out</source>
        <translation>
            <numerusform>%Ln Foto aus {0} Serien ausgelassen</numerusform>
            <numerusform>%Ln Fotos aus {0} Serien ausgelassen</numerusform>
        </translation>
    </message>
    <message>
        <source>show</source>
        <translation>zeigen</translation>
    </message>
</context>
<context>
    <name>ProfilesBody</name>
    <message>
        <source>Taste profiles</source>
        <translation>Geschmacksprofile</translation>
    </message>
    <message>
        <source>Use for this album</source>
        <translation>Für dieses Album benutzen</translation>
    </message>
    <message>
        <source>Rename…</source>
        <translation>Umbenennen…</translation>
    </message>
    <message>
        <source>Save as a file…</source>
        <translation>Als Datei sichern…</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Open a file…</source>
        <translation>Datei öffnen…</translation>
    </message>
    <message>
        <source>   (in use)</source>
        <translation>   (in Gebrauch)</translation>
    </message>
    <message>
        <source>{0}: damaged, learn it anew</source>
        <translation>{0}: beschädigt, neu lernen</translation>
    </message>
    <message>
        <source>There is no taste profile yet. Personalize makes one.</source>
        <translation>Es gibt noch kein Geschmacksprofil. Personalisieren macht eines.</translation>
    </message>
    <message numerus="yes">
        <source>Learned from %Ln rated photos</source>
        <translation>
            <numerusform>Gelernt aus %Ln bewertetem Foto</numerusform>
            <numerusform>Gelernt aus %Ln bewerteten Fotos</numerusform>
        </translation>
    </message>
    <message>
        <source>on {0}, with the bank {1}.</source>
        <translation>am {0}, mit der Bank {1}.</translation>
    </message>
    <message>
        <source>How well it knows you cannot be told yet: rate more photos.</source>
        <translation>Wie gut es Sie kennt, ist noch nicht zu sagen: Bewerten Sie mehr Fotos.</translation>
    </message>
    <message>
        <source>It orders {0} of 10 pairs as you would.</source>
        <translation>Es ordnet {0} von 10 Paaren wie Sie.</translation>
    </message>
    <message>
        <source>Of photos that both have ranked its order agrees with that of “{0}” by {1} (1: the same, 0: as chance would).</source>
        <translation>Bei Fotos, die beide geordnet haben, stimmt die Reihenfolge mit der von „{0}“ zu {1} überein (1: dieselbe, 0: wie durch Zufall).</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>Umbenennen</translation>
    </message>
    <message>
        <source>New name</source>
        <translation>Neuer Name</translation>
    </message>
    <message>
        <source>Save as a file</source>
        <translation>Als Datei sichern</translation>
    </message>
    <message>
        <source>Open a file</source>
        <translation>Datei öffnen</translation>
    </message>
    <message>
        <source>Delete the taste profile “{0}”? Your stars stay.</source>
        <translation>Das Geschmacksprofil „{0}“ löschen? Ihre Sterne bleiben.</translation>
    </message>
</context>
<context>
    <name>QuestionsDialog</name>
    <message>
        <source>Open questions</source>
        <translation>Offene Fragen</translation>
    </message>
    <message>
        <source>A photo that replaced another one under its name has no stars until you say whether it is the same photo. Marks that were changed here and in another program stay yours until you say which count.</source>
        <translation>Ein Foto, das ein anderes unter dessen Namen ersetzt hat, hat keine Sterne, bis Sie sagen, ob es dasselbe Foto ist. Markierungen, die hier und in einem anderen Programm geändert wurden, bleiben Ihre, bis Sie sagen, welche gelten.</translation>
    </message>
    <message>
        <source>Settle</source>
        <translation>Klären</translation>
    </message>
    <message>
        <source>{0}: the photo that had {1}?</source>
        <translation>{0}: das Foto, das {1} hatte?</translation>
    </message>
    <message>
        <source>The same photo</source>
        <translation>Dasselbe Foto</translation>
    </message>
    <message>
        <source>Another photo</source>
        <translation>Ein anderes Foto</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>Später</translation>
    </message>
    <message>
        <source>{0}: {1} here, {2} in {3}</source>
        <translation>{0}: hier {1}, in {3} {2}</translation>
    </message>
    <message>
        <source>Theirs: {0}</source>
        <translation>Deren: {0}</translation>
    </message>
    <message>
        <source>Mine: {0}</source>
        <translation>Meine: {0}</translation>
    </message>
    <message>
        <source>picked</source>
        <translation>ausgewählt</translation>
    </message>
    <message>
        <source>rejected</source>
        <translation>abgelehnt</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>nichts</translation>
    </message>
</context>
<context>
    <name>ScoreRange</name>
    <message>
        <source>Range of scores</source>
        <translation>Bereich der Werte</translation>
    </message>
    <message>
        <source>Show only photos with a score in this range</source>
        <translation>Nur Fotos mit einem Wert in diesem Bereich zeigen</translation>
    </message>
</context>
<context>
    <name>ScoreText</name>
    <message>
        <source>{0} ({1} to {2})</source>
        <translation>{0} ({1} bis {2})</translation>
    </message>
    <message>
        <source>Score {0} stars, rank {1} of {2}</source>
        <translation>Wert {0} Sterne, Platz {1} von {2}</translation>
    </message>
    <message>
        <source>score {0}</source>
        <translation>Wert {0}</translation>
    </message>
    <message>
        <source>score {0}, likely from {1} to {2}</source>
        <translation>Wert {0}, wohl von {1} bis {2}</translation>
    </message>
    <message>
        <source>Your own stars would lie in this range two times in three.</source>
        <translation>Ihre eigenen Sterne lägen in zwei von drei Fällen in diesem Bereich.</translation>
    </message>
</context>
<context>
    <name>Sentences</name>
    <message>
        <source>There is no folder {0}.</source>
        <translation>Den Ordner {0} gibt es nicht.</translation>
    </message>
    <message>
        <source>{0} is a file, no folder. Name the one that it is in.</source>
        <translation>{0} ist eine Datei, kein Ordner. Nennen Sie den Ordner, in dem sie liegt.</translation>
    </message>
    <message>
        <source>The folder {0} may not be read. Check its permissions.</source>
        <translation>Der Ordner {0} darf nicht gelesen werden. Prüfen Sie seine Berechtigungen.</translation>
    </message>
    <message>
        <source>{0} cannot be looked into: {1}. Close other programs and try again.</source>
        <translation>In {0} kann nicht nachgesehen werden: {1}. Beende andere Programme und versuche es noch einmal.</translation>
    </message>
    <message>
        <source>There are no photos in {0}.</source>
        <translation>In {0} sind keine Fotos.</translation>
    </message>
    <message>
        <source>There are no photos in {0}; {1} files and folders are left out, such as {2}.</source>
        <translation>In {0} sind keine Fotos; {1} Dateien und Ordner sind ausgelassen, etwa {2}.</translation>
    </message>
    <message>
        <source>There are no photos in {0} that photoaes reads, but others: {1}.</source>
        <translation>In {0} gibt es keine Fotos, die photoaes liest, aber andere: {1}.</translation>
    </message>
    <message>
        <source>{0!r} is no time span. Write 1h, 30m or 1:02:03.</source>
        <translation>{0!r} ist keine Zeitspanne. Schreiben Sie 1h, 30m oder 1:02:03.</translation>
    </message>
    <message>
        <source>No camera&apos;s clock is wrong by more than 200 years.</source>
        <translation>Keine Kamerauhr geht um mehr als 200 Jahre falsch.</translation>
    </message>
    <message>
        <source>Photos that lie in {0} cannot be moved there.</source>
        <translation>Fotos, die in {0} liegen, lassen sich nicht dorthin verschieben.</translation>
    </message>
    <message>
        <source>{0} stays where it is: {1}.</source>
        <translation>{0} bleibt, wo es ist: {1}.</translation>
    </message>
    <message>
        <source>the file is no longer there</source>
        <translation>die Datei ist nicht mehr da</translation>
    </message>
    <message>
        <source>it is a folder, not a file</source>
        <translation>es ist ein Ordner, keine Datei</translation>
    </message>
    <message>
        <source>you have no permission to read it</source>
        <translation>Sie haben keine Berechtigung, die Datei zu lesen</translation>
    </message>
    <message>
        <source>it is a link that leads nowhere</source>
        <translation>die Verknüpfung führt ins Leere</translation>
    </message>
    <message>
        <source>the file is empty</source>
        <translation>die Datei ist leer</translation>
    </message>
    <message>
        <source>the file is damaged or cut short</source>
        <translation>die Datei ist beschädigt oder unvollständig</translation>
    </message>
    <message>
        <source>the file is damaged, or of a variant that photoaes cannot read</source>
        <translation>die Datei ist beschädigt, oder von einer Variante, die photoaes nicht lesen kann</translation>
    </message>
    <message>
        <source>it is not an image, or of a kind photoaes does not read</source>
        <translation>die Datei ist kein Bild, oder von einer Art, die photoaes nicht liest</translation>
    </message>
    <message>
        <source>it claims to be larger than any real photo</source>
        <translation>die Datei gibt sich größer aus, als ein echtes Foto je ist</translation>
    </message>
    <message>
        <source>it claims to be {0} x {1} pixels large, more than any real photo</source>
        <translation>die Datei gibt {0} x {1} Pixel an, mehr als jedes echte Foto hat</translation>
    </message>
    <message>
        <source>opening its {0} megapixels takes more memory than photoaes allows</source>
        <translation>seine {0} Megapixel zu öffnen braucht mehr Speicher, als photoaes erlaubt</translation>
    </message>
    <message>
        <source>there is not enough free memory to open it</source>
        <translation>der freie Arbeitsspeicher reicht nicht, um die Datei zu öffnen</translation>
    </message>
    <message>
        <source>the system could not read it ({0})</source>
        <translation>das System konnte die Datei nicht lesen ({0})</translation>
    </message>
    <message>
        <source>the RAW file is damaged, or from a camera that photoaes does not know</source>
        <translation>die RAW-Datei ist beschädigt, oder von einer Kamera, die photoaes nicht kennt</translation>
    </message>
    <message>
        <source>HEIC photos need an addition: pip install &quot;photoaes[heic]&quot;</source>
        <translation>HEIC-Fotos brauchen einen Zusatz: pip install &quot;photoaes[heic]&quot;</translation>
    </message>
    <message>
        <source>JPEG XL photos need an addition: pip install &quot;photoaes[jxl]&quot;</source>
        <translation>JPEG-XL-Fotos brauchen einen Zusatz: pip install &quot;photoaes[jxl]&quot;</translation>
    </message>
    <message>
        <source>RAW photos need an addition: pip install &quot;photoaes[raw]&quot;</source>
        <translation>RAW-Fotos brauchen einen Zusatz: pip install &quot;photoaes[raw]&quot;</translation>
    </message>
    <message>
        <source>Not one photo of this album could be read.</source>
        <translation>Kein einziges Foto dieses Albums konnte gelesen werden.</translation>
    </message>
    <message>
        <source>{0}: {1}. It was left as it is.</source>
        <translation>{0}: {1}. Die Datei blieb, wie sie ist.</translation>
    </message>
    <message>
        <source>the disk is full</source>
        <translation>der Datenträger ist voll</translation>
    </message>
    <message>
        <source>you have no permission to write there</source>
        <translation>Sie dürfen dort nicht schreiben</translation>
    </message>
    <message>
        <source>the disk can only be read</source>
        <translation>der Datenträger lässt sich nur lesen</translation>
    </message>
    <message>
        <source>its folder is no longer there</source>
        <translation>ihren Ordner gibt es nicht mehr</translation>
    </message>
    <message>
        <source>its name would be longer than the disk allows</source>
        <translation>ihr Name wäre länger, als der Datenträger erlaubt</translation>
    </message>
    <message>
        <source>it is write-protected</source>
        <translation>sie ist schreibgeschützt</translation>
    </message>
    <message>
        <source>it could not be written ({0})</source>
        <translation>sie ließ sich nicht schreiben ({0})</translation>
    </message>
    <message>
        <source>another program keeps changing it</source>
        <translation>ein anderes Programm ändert sie fortwährend</translation>
    </message>
    <message>
        <source>another program has changed it since it was last read</source>
        <translation>ein anderes Programm hat sie geändert, seit sie zuletzt gelesen wurde</translation>
    </message>
    <message>
        <source>it is XML, but not XMP</source>
        <translation>sie ist XML, aber kein XMP</translation>
    </message>
    <message>
        <source>its text is damaged</source>
        <translation>ihr Text ist beschädigt</translation>
    </message>
    <message>
        <source>it is not a file</source>
        <translation>es ist keine Datei</translation>
    </message>
    <message>
        <source>The ratings in {0} are open in another photoaes{1}. Close that one first: two at once could lose ratings.</source>
        <translation>Die Bewertungen in {0} sind in einem anderen photoaes{1} geöffnet. Schließen Sie zuerst jenes: Zwei zugleich könnten Bewertungen verlieren.</translation>
    </message>
    <message>
        <source> ({0}, process {1} on {2})</source>
        <translation> ({0}, Prozess {1} auf {2})</translation>
    </message>
    <message>
        <source>Another program is using {0}. Close it and try again.</source>
        <translation>Ein anderes Programm benutzt {0}. Schließen Sie es und versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>The folder {0}, where ratings are kept, cannot be written ({1}). Check its permissions, its disk&apos;s room and write protection.</source>
        <translation>In den Ordner {0}, in dem die Bewertungen liegen, kann nicht geschrieben werden ({1}). Prüfen Sie seine Berechtigungen, den freien Platz und den Schreibschutz des Datenträgers.</translation>
    </message>
    <message>
        <source>The disk with {0} is full, so the last change was not saved. All earlier ones are. Make room and try again.</source>
        <translation>Der Datenträger mit {0} ist voll; die letzte Änderung wurde nicht gesichert, alle früheren schon. Schaffen Sie Platz und versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>{0} cannot be written, so the last change was not saved. Check the permissions of its folder and whether its disk is write-protected.</source>
        <translation>{0} kann nicht geschrieben werden; die letzte Änderung wurde nicht gesichert. Prüfen Sie die Berechtigungen des Ordners und ob der Datenträger schreibgeschützt ist.</translation>
    </message>
    <message>
        <source>{0} could not be read or written ({1}), so the last change was not saved. Check that its disk is connected, works and has room.</source>
        <translation>{0} konnte nicht gelesen oder geschrieben werden ({1}); die letzte Änderung wurde nicht gesichert. Prüfen Sie, ob der Datenträger verbunden ist, funktioniert und Platz hat.</translation>
    </message>
    <message>
        <source>{0} is damaged. Close photoaes and open it again: it keeps the damaged file aside and goes back to the last good backup.</source>
        <translation>{0} ist beschädigt. Schließen Sie photoaes und öffnen Sie es wieder: Die beschädigte Datei wird beiseitegelegt und die letzte gute Sicherung benutzt.</translation>
    </message>
    <message>
        <source>The ratings in {0} were last used by a newer photoaes (store version {1}, this program knows {2}). Nothing was changed. Install the newer version, or keep these ratings elsewhere and start with an empty folder.</source>
        <translation>Die Bewertungen in {0} wurden zuletzt von einem neueren photoaes benutzt (Fassung {1}, dieses Programm kennt {2}). Nichts wurde geändert. Installieren Sie die neuere Version, oder bewahren Sie diese Bewertungen anderswo auf und beginnen Sie mit einem leeren Ordner.</translation>
    </message>
    <message>
        <source>photoaes keeps ratings in {0}, but that cannot be used: {1}. Move it away.</source>
        <translation>photoaes bewahrt Bewertungen in {0} auf, doch das ist nicht zu gebrauchen: {1}. Verschiebe es woandershin.</translation>
    </message>
    <message>
        <source>{0} is a link to {1}, which does not hold ratings of photoaes. Nothing was changed. Remove the link, or let it lead to them.</source>
        <translation>{0} ist eine Verknüpfung mit {1}, und darin sind keine Bewertungen von photoaes. Nichts wurde geändert. Entferne die Verknüpfung, oder lass sie zu ihnen führen.</translation>
    </message>
    <message>
        <source>{0} is a link that leads nowhere.</source>
        <translation>{0} ist eine Verknüpfung, die ins Leere führt.</translation>
    </message>
    <message>
        <source>{0} is a file; choose a folder.</source>
        <translation>{0} ist eine Datei; wählen Sie einen Ordner.</translation>
    </message>
    <message>
        <source>{0} files need {1:.0f} MB, and {2} has {3:.0f} MB free. Choose fewer photos, links or another disk.</source>
        <translation>{0} Dateien brauchen {1:.0f} MB, und in {2} sind {3:.0f} MB frei. Wählen Sie weniger Fotos, Verknüpfungen oder einen anderen Datenträger.</translation>
    </message>
    <message>
        <source>The export stopped at {0}: {1}. {2} of {3} files are in {4}{5}; nothing else was changed.</source>
        <translation>Der Export hielt an bei {0}: {1}. {2} von {3} Dateien sind in {4}{5}; sonst wurde nichts geändert.</translation>
    </message>
    <message>
        <source>, without a receipt that lists them</source>
        <translation>, ohne einen Beleg, der sie nennt</translation>
    </message>
    <message>
        <source>, or where that is now, without a receipt that lists them</source>
        <translation>, oder wo das jetzt ist, ohne einen Beleg, der sie aufzählt</translation>
    </message>
    <message>
        <source>{0}. The GPU is not used: {1}</source>
        <translation>{0}. Die GPU wird nicht benutzt: {1}</translation>
    </message>
    <message>
        <source>Its driver is too old for this build of torch. Renew the driver.</source>
        <translation>Ihr Treiber ist zu alt für diese Fassung von torch. Erneuern Sie den Treiber.</translation>
    </message>
    <message>
        <source>The GPU&apos;s memory is taken by other programs. Close them to use it.</source>
        <translation>Der Speicher der GPU ist von anderen Programmen belegt. Schließen Sie diese, um sie zu benutzen.</translation>
    </message>
    <message>
        <source>The GPU&apos;s memory is too small for this, or taken by other programs. Close those that use it, or choose the CPU.</source>
        <translation>Der Speicher der GPU ist dafür zu klein oder von anderen Programmen belegt. Schließen Sie die, die ihn benutzen, oder wählen Sie die CPU.</translation>
    </message>
    <message>
        <source>The GPU stopped working ({0}). What was measured until then is kept. Close photoaes and start again, or choose the CPU.</source>
        <translation>Die GPU arbeitet nicht mehr ({0}). Was bis dahin gemessen wurde, bleibt erhalten. Schließen Sie photoaes und starten Sie es neu, oder wählen Sie die CPU.</translation>
    </message>
    <message>
        <source>Cannot write to {0}: {1}.</source>
        <translation>In {0} kann nicht geschrieben werden: {1}.</translation>
    </message>
    <message>
        <source>The name {0!r} cannot be understood: {1}.</source>
        <translation>Der Name {0!r} ist unverständlich: {1}.</translation>
    </message>
    <message>
        <source>The name {0!r} is longer than a file&apos;s may be.</source>
        <translation>Der Name {0!r} ist länger, als der einer Datei sein darf.</translation>
    </message>
    <message>
        <source>The name {0!r} has a field {{{1}}}; there are {2}.</source>
        <translation>Der Name {0!r} hat ein Feld {{{1}}}; es gibt {2}.</translation>
    </message>
    <message>
        <source>The name {0!r} cannot be filled in: {1}.</source>
        <translation>Der Name {0!r} lässt sich nicht ausfüllen: {1}.</translation>
    </message>
    <message>
        <source>Rate some photos first: the difference is what teaches.</source>
        <translation>Bewerten Sie zuerst einige Fotos: Aus dem Unterschied wird gelernt.</translation>
    </message>
    <message>
        <source>All rated photos have {0:g} stars. Use at least two different values.</source>
        <translation>Alle bewerteten Fotos haben {0:g} Sterne. Geben Sie mindestens zwei verschiedene Sternzahlen.</translation>
    </message>
    <message>
        <source>The taste profile {0!r} was learned with the bank {1!r} ({2}) and means nothing with this one ({3}). Install that bank, or learn a new profile.</source>
        <translation>Das Geschmacksprofil „{0}“ wurde mit der Bank „{1}“ ({2}) gelernt und bedeutet mit dieser ({3}) nichts. Installieren Sie jene Bank, oder lernen Sie ein neues Profil.</translation>
    </message>
    <message>
        <source>A taste profile needs a name.</source>
        <translation>Ein Geschmacksprofil braucht einen Namen.</translation>
    </message>
    <message>
        <source>The name of a taste profile has at most {0} letters that can be shown.</source>
        <translation>Der Name eines Geschmacksprofils hat höchstens {0} Zeichen, die sich anzeigen lassen.</translation>
    </message>
    <message>
        <source>The taste profile {0!r} is damaged. Learn it anew under its name, or remove it.</source>
        <translation>Das Geschmacksprofil {0!r} ist beschädigt. Lernen Sie es unter seinem Namen neu, oder entfernen Sie es.</translation>
    </message>
    <message>
        <source>There is a taste profile {0!r} already. Choose another name.</source>
        <translation>Ein Geschmacksprofil „{0}“ gibt es schon. Wählen Sie einen anderen Namen.</translation>
    </message>
    <message>
        <source>The taste profile cannot be written to {0}: {1}.</source>
        <translation>Das Geschmacksprofil lässt sich nicht nach {0} schreiben: {1}.</translation>
    </message>
    <message>
        <source>photoaes keeps ratings in {0}, which is a link to {1}, and that is not there. Connect its drive, or remove the link.</source>
        <translation>photoaes bewahrt Bewertungen in {0} auf, einem Link auf {1}, und das ist nicht da. Schließen Sie das Laufwerk an, oder entfernen Sie den Link.</translation>
    </message>
    <message>
        <source>There is a file {0} already. Choose another name.</source>
        <translation>Eine Datei {0} gibt es schon. Wählen Sie einen anderen Namen.</translation>
    </message>
    <message>
        <source>{0} cannot be read: {1}.</source>
        <translation>{0} lässt sich nicht lesen: {1}.</translation>
    </message>
    <message>
        <source>{0} is no taste profile to be used: {1}.</source>
        <translation>{0} ist kein brauchbares Geschmacksprofil: {1}.</translation>
    </message>
    <message>
        <source>it is not JSON, or cut short</source>
        <translation>es ist kein JSON oder abgeschnitten</translation>
    </message>
    <message>
        <source>it was not written by photoaes</source>
        <translation>photoaes hat es nicht geschrieben</translation>
    </message>
    <message>
        <source>a newer photoaes wrote it; install that (version {0!r}, this program reads {1})</source>
        <translation>ein neueres photoaes hat es geschrieben; installieren Sie das (Version {0!r}, dieses Programm liest {1})</translation>
    </message>
    <message>
        <source>{0} is not a bank: it has no {1}.</source>
        <translation>{0} ist keine Bank: {1} fehlt.</translation>
    </message>
    <message>
        <source>A bank named {0} is installed already.</source>
        <translation>Eine Bank namens {0} ist schon installiert.</translation>
    </message>
    <message>
        <source>The bank could not be copied: {0}.</source>
        <translation>Die Bank ließ sich nicht kopieren: {0}.</translation>
    </message>
    <message>
        <source>No bank named {0!r} is installed in {1}.</source>
        <translation>In {1} ist keine Bank namens {0!r} installiert.</translation>
    </message>
    <message>
        <source>The bank in {0} cannot be used: {1}.</source>
        <translation>Die Bank in {0} kann nicht benutzt werden: {1}.</translation>
    </message>
    <message>
        <source>The bank&apos;s file {0} cannot be read: {1}.</source>
        <translation>Die Datei {0} der Bank kann nicht gelesen werden: {1}.</translation>
    </message>
    <message>
        <source>{0} cannot be reached. Connect this computer to the network and try again: the download is needed once.</source>
        <translation>{0} ist nicht zu erreichen. Verbinden Sie diesen Computer mit dem Netz und versuchen Sie es noch einmal: Heruntergeladen wird nur einmal.</translation>
    </message>
    <message>
        <source>CPU, 1 thread</source>
        <translation>Prozessor, 1 Thread</translation>
    </message>
    <message>
        <source>CPU, {0} threads</source>
        <translation>Prozessor, {0} Threads</translation>
    </message>
    <message>
        <source>No usable NVIDIA or AMD GPU was found (is its driver installed and new enough?).</source>
        <translation>Keine benutzbare Grafikkarte von NVIDIA oder AMD gefunden (ist ihr Treiber installiert und neu genug?).</translation>
    </message>
    <message>
        <source>The GPU was found but cannot run this build of torch: {0}.</source>
        <translation>Die Grafikkarte wurde gefunden, kann diese Ausgabe von torch aber nicht ausführen: {0}.</translation>
    </message>
    <message>
        <source>Copying the bank</source>
        <translation>Kopiere die Bank</translation>
    </message>
    <message>
        <source>Checking the experts</source>
        <translation>Prüfe die Experten</translation>
    </message>
    <message>
        <source>Checking the backbone</source>
        <translation>Prüfe das Netz</translation>
    </message>
    <message>
        <source>Checking the prior</source>
        <translation>Prüfe das Vorwissen</translation>
    </message>
    <message>
        <source>Checked the bank</source>
        <translation>Bank geprüft</translation>
    </message>
    <message>
        <source>Looking for processors</source>
        <translation>Suche Prozessoren</translation>
    </message>
    <message>
        <source>Looking at marks</source>
        <translation>Sehe nach Sternen, Markierungen und Farben</translation>
    </message>
    <message>
        <source>Comparing similar photos</source>
        <translation>Ähnliche Fotos werden verglichen</translation>
    </message>
    <message>
        <source>Writing sidecar files</source>
        <translation>Schreibe Begleitdateien</translation>
    </message>
    <message>
        <source>No space left on device</source>
        <translation>Kein Platz mehr auf dem Datenträger</translation>
    </message>
    <message>
        <source>Permission denied</source>
        <translation>Keine Berechtigung</translation>
    </message>
    <message>
        <source>Read-only file system</source>
        <translation>Schreibgeschützter Datenträger</translation>
    </message>
    <message>
        <source>No such file or directory</source>
        <translation>Datei oder Ordner nicht gefunden</translation>
    </message>
    <message>
        <source>Not a directory</source>
        <translation>Kein Ordner</translation>
    </message>
    <message>
        <source>Input/output error</source>
        <translation>Ein-/Ausgabefehler</translation>
    </message>
</context>
<context>
    <name>Session</name>
    <message>
        <source>The album is being read; this is kept for its photos.</source>
        <translation>Das Album wird gelesen; die Angabe wird für seine Fotos aufgehoben.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln photos changed.</source>
        <translation>
            <numerusform>%Ln Foto geändert.</numerusform>
            <numerusform>%Ln Fotos geändert.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ShareStars</name>
    <message>
        <source>Photos that you have not rated get stars by their scores. They are hollow, teach nothing, and become yours when you confirm them. Undo takes them back.</source>
        <translation>Fotos, die Sie nicht bewertet haben, bekommen Sterne nach ihren Werten. Sie sind hohl, lehren nichts und werden Ihre, wenn Sie sie bestätigen. Rückgängig nimmt sie zurück.</translation>
    </message>
    <message>
        <source>Give stars</source>
        <translation>Sterne vergeben</translation>
    </message>
    <message>
        <source>Stars or labels by share of the score</source>
        <translation>Sterne oder Farben nach Anteil des Werts</translation>
    </message>
    <message>
        <source>Stars or labels</source>
        <translation>Sterne oder Farben</translation>
    </message>
    <message>
        <source>Stars</source>
        <translation>Sterne</translation>
    </message>
    <message>
        <source>Labels</source>
        <translation>Farben</translation>
    </message>
    <message>
        <source>write them to sidecar files too</source>
        <translation>auch in Begleitdateien schreiben</translation>
    </message>
    <message numerus="yes">
        <source>Share with %Ln stars</source>
        <translation>
            <numerusform>Anteil mit %Ln Stern</numerusform>
            <numerusform>Anteil mit %Ln Sternen</numerusform>
        </translation>
    </message>
    <message>
        <source>Label of share {0}</source>
        <translation>Farbe von Anteil {0}</translation>
    </message>
    <message>
        <source>no label</source>
        <translation>keine Farbe</translation>
    </message>
    <message>
        <source>Give labels</source>
        <translation>Farben vergeben</translation>
    </message>
    <message>
        <source>Photos without a label get one by their scores. Labels teach nothing. Undo takes them back.</source>
        <translation>Fotos ohne Farbe bekommen eine nach ihren Werten. Farben lehren nichts. Rückgängig nimmt sie zurück.</translation>
    </message>
    <message>
        <source>Photos that you have not rated get stars by their scores. Other programs cannot tell such stars from yours: with sidecar files they are yours at once, and teach as yours do. Undo takes them back.</source>
        <translation>Fotos, die Sie nicht bewertet haben, bekommen Sterne nach ihren Werten. Andere Programme können sie von Ihren nicht unterscheiden: Mit Begleitdateien sind sie sofort Ihre und lehren wie Ihre. Rückgängig nimmt sie zurück.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln photos</source>
        <translation>
            <numerusform>%Ln Foto</numerusform>
            <numerusform>%Ln Fotos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln more keep their label</source>
        <translation>
            <numerusform>%Ln weiteres behält seine Farbe</numerusform>
            <numerusform>%Ln weitere behalten ihre Farbe</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln more keep your stars</source>
        <translation>
            <numerusform>%Ln weiteres behält Ihre Sterne</numerusform>
            <numerusform>%Ln weitere behalten Ihre Sterne</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SidecarsDialog</name>
    <message>
        <source>Write stars to sidecar files</source>
        <translation>Sterne in Begleitdateien schreiben</translation>
    </message>
    <message numerus="yes">
        <source>Small XMP files beside %Ln photos will say your stars, flags and labels, so that Lightroom, darktable and digiKam can read them. The photos themselves stay as they are; what other programs wrote in such files is kept. Lightroom reads them beside RAW files only.</source>
        <translation>
            <numerusform>Eine kleine XMP-Datei neben %Ln Foto nennt Ihre Sterne, Marken und Farben, damit Lightroom, darktable und digiKam sie lesen können. Das Foto selbst bleibt, wie es ist; was andere Programme in solche Dateien geschrieben haben, bleibt erhalten. Lightroom liest sie nur neben RAW-Dateien.</numerusform>
            <numerusform>Kleine XMP-Dateien neben %Ln Fotos nennen Ihre Sterne, Marken und Farben, damit Lightroom, darktable und digiKam sie lesen können. Die Fotos selbst bleiben, wie sie sind; was andere Programme in solche Dateien geschrieben haben, bleibt erhalten. Lightroom liest sie nur neben RAW-Dateien.</numerusform>
        </translation>
    </message>
    <message>
        <source>New files are IMG.xmp, as Lightroom and Capture One want it, not IMG.CR2.xmp</source>
        <translation>Neue Dateien heißen IMG.xmp, wie Lightroom und Capture One es wollen, nicht IMG.CR2.xmp</translation>
    </message>
    <message>
        <source>Write</source>
        <translation>Schreiben</translation>
    </message>
    <message numerus="yes">
        <source>and %Ln more</source>
        <translation>
            <numerusform>und %Ln weiteres</numerusform>
            <numerusform>und %Ln weitere</numerusform>
        </translation>
    </message>
    <message>
        <source>What will be written</source>
        <translation>Was geschrieben wird</translation>
    </message>
</context>
<context>
    <name>StarSpread</name>
    <message>
        <source>Your stars so far: {0}</source>
        <translation>Ihre Sterne bisher: {0}</translation>
    </message>
</context>
<context>
    <name>StatusLine</name>
    <message>
        <source>Show all</source>
        <translation>Alle zeigen</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Saving…</source>
        <translation>Sichern…</translation>
    </message>
    <message numerus="yes">
        <source>%Ln photos</source>
        <translation>
            <numerusform>%Ln Foto</numerusform>
            <numerusform>%Ln Fotos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln selected</source>
        <translation>
            <numerusform>%Ln ausgewählt</numerusform>
            <numerusform>%Ln ausgewählt</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln more of these days</source>
        <translation>
            <numerusform>%Ln weiteres dieser Tage</numerusform>
            <numerusform>%Ln weitere dieser Tage</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln more in stacks</source>
        <translation>
            <numerusform>%Ln weiteres in Stapeln</numerusform>
            <numerusform>%Ln weitere in Stapeln</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln hidden by filters</source>
        <translation>
            <numerusform>%Ln durch Filter verborgen</numerusform>
            <numerusform>%Ln durch Filter verborgen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{0} of %Ln photos</source>
        <translation>
            <numerusform>{0} von %Ln Foto</numerusform>
            <numerusform>{0} von %Ln Fotos</numerusform>
        </translation>
    </message>
    <message>
        <source>Making thumbnails</source>
        <translation>Vorschaubilder werden gemacht</translation>
    </message>
    <message>
        <source>Scoring photos</source>
        <translation>Fotos werden eingeschätzt</translation>
    </message>
    <message>
        <source>{0} of {1}</source>
        <translation>{0} von {1}</translation>
    </message>
    <message>
        <source>{0} a second</source>
        <translation>{0} pro Sekunde</translation>
    </message>
    <message>
        <source>{0} min left</source>
        <translation>noch {0} min</translation>
    </message>
    <message>
        <source>{0} h left</source>
        <translation>noch {0} h</translation>
    </message>
    <message>
        <source>{0} s left</source>
        <translation>noch {0} s</translation>
    </message>
</context>
<context>
    <name>TasteCommands</name>
    <message>
        <source>The album is still being read: personalize in a moment.</source>
        <translation>Das Album wird noch gelesen: Personalisieren Sie gleich.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln new photos have no score yet: personalize again.</source>
        <translation>
            <numerusform>%Ln neues Foto hat noch keinen Wert: Personalisieren Sie erneut.</numerusform>
            <numerusform>%Ln neue Fotos haben noch keinen Wert: Personalisieren Sie erneut.</numerusform>
        </translation>
    </message>
    <message>
        <source>Every photo is rated.</source>
        <translation>Alle Fotos sind bewertet.</translation>
    </message>
    <message>
        <source>The photos that are not rated cannot be looked at now.</source>
        <translation>Die unbewerteten Fotos sind gerade nicht zu erreichen.</translation>
    </message>
    <message>
        <source>Rate these: they would teach the most.</source>
        <translation>Bewerten Sie diese: Sie lehren am meisten.</translation>
    </message>
    <message>
        <source>There are too few unrated photos with a score: personalize first.</source>
        <translation>Es gibt zu wenige unbewertete Fotos mit einem Wert: Personalisieren Sie zuerst.</translation>
    </message>
    <message>
        <source>Something else is under way. Download when it has ended.</source>
        <translation>Etwas anderes ist im Gange. Laden Sie herunter, wenn es beendet ist.</translation>
    </message>
    <message>
        <source>Downloading the network</source>
        <translation>Netz wird heruntergeladen</translation>
    </message>
    <message>
        <source>The network is on this computer.</source>
        <translation>Das Netz ist auf diesem Rechner.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln sidecar files written.</source>
        <translation>
            <numerusform>%Ln Begleitdatei geschrieben.</numerusform>
            <numerusform>%Ln Begleitdateien geschrieben.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln could not be: {0}</source>
        <translation>
            <numerusform>%Ln ging nicht: {0}</numerusform>
            <numerusform>%Ln gingen nicht: {0}</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TastePanel</name>
    <message>
        <source>Your taste</source>
        <translation>Ihr Geschmack</translation>
    </message>
    <message>
        <source>Rate</source>
        <translation>Bewerten</translation>
    </message>
    <message>
        <source>Suggest photos</source>
        <translation>Fotos vorschlagen</translation>
    </message>
    <message>
        <source>Show a few photos that would teach the most</source>
        <translation>Ein paar Fotos zeigen, die am meisten lehren</translation>
    </message>
    <message>
        <source>Learn</source>
        <translation>Lernen</translation>
    </message>
    <message>
        <source>Personalize</source>
        <translation>Personalisieren</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>of 10 pairs ordered as you would</source>
        <translation>von 10 Paaren geordnet wie von Ihnen</translation>
    </message>
    <message>
        <source>What moves your scores, in stars</source>
        <translation>Was Ihre Werte bewegt, in Sternen</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Einzelheiten</translation>
    </message>
    <message>
        <source>Taste profiles: name, switch, share</source>
        <translation>Geschmacksprofile: benennen, wechseln, teilen</translation>
    </message>
    <message>
        <source>Choose</source>
        <translation>Auswählen</translation>
    </message>
    <message>
        <source>Best shots</source>
        <translation>Beste Fotos</translation>
    </message>
    <message>
        <source>Choose the best photos and export them</source>
        <translation>Die besten Fotos auswählen und exportieren</translation>
    </message>
    <message>
        <source>Personalize again</source>
        <translation>Neu personalisieren</translation>
    </message>
    <message>
        <source>Profile: {0}</source>
        <translation>Profil: {0}</translation>
    </message>
    <message>
        <source>general</source>
        <translation>allgemein</translation>
    </message>
    <message>
        <source>yours</source>
        <translation>Ihre</translation>
    </message>
</context>
<context>
    <name>TopBar</name>
    <message>
        <source>Size of the photos</source>
        <translation>Größe der Fotos</translation>
    </message>
    <message>
        <source>Size of the photos (Ctrl and wheel)</source>
        <translation>Größe der Fotos (Strg und Rad)</translation>
    </message>
</context>
<context>
    <name>ViewCommands</name>
    <message>
        <source>This is the last photo.</source>
        <translation>Das ist das letzte Foto.</translation>
    </message>
    <message>
        <source>This is the first photo.</source>
        <translation>Das ist das erste Foto.</translation>
    </message>
    <message>
        <source>Dark or light as the desktop asks.</source>
        <translation>Dunkel oder hell wie der Desktop.</translation>
    </message>
    <message>
        <source>Dark.</source>
        <translation>Dunkel.</translation>
    </message>
    <message>
        <source>Light.</source>
        <translation>Hell.</translation>
    </message>
    <message>
        <source>Bursts are stacked, the best on top. S opens a stack.</source>
        <translation>Serien sind gestapelt, das Beste oben. S öffnet einen Stapel.</translation>
    </message>
</context>
<context>
    <name>Welcome</name>
    <message>
        <source>Find your best photos, by your own taste</source>
        <translation>Ihre besten Fotos, nach Ihrem Geschmack</translation>
    </message>
    <message>
        <source>Open a folder of photos</source>
        <translation>Ordner mit Fotos öffnen</translation>
    </message>
    <message>
        <source>Try it with the sample album</source>
        <translation>Mit dem Beispielalbum ausprobieren</translation>
    </message>
    <message>
        <source>Everything stays on this computer. Your photos are never changed.</source>
        <translation>Alles bleibt auf diesem Computer. Ihre Fotos werden nie verändert.</translation>
    </message>
    <message>
        <source>Open a folder of photos, however large.</source>
        <translation>Öffnen Sie einen Ordner mit Fotos, so groß er auch ist.</translation>
    </message>
    <message>
        <source>Give stars to ten or more: some you love, some you would delete.</source>
        <translation>Geben Sie zehn oder mehr davon Sterne: einigen, die Sie lieben, und einigen, die Sie löschen würden.</translation>
    </message>
    <message>
        <source>Press Personalize, and the whole album is put in your order.</source>
        <translation>Drücken Sie Personalisieren, und das ganze Album kommt in Ihre Ordnung.</translation>
    </message>
    <message>
        <source>{0}   in {1}</source>
        <translation>{0}   in {1}</translation>
    </message>
</context>
<context>
    <name>Wording</name>
    <message>
        <source>{0} of {1} rated to start with.</source>
        <translation>{0} von {1} bewertet für den Anfang.</translation>
    </message>
    <message>
        <source>No photo of this album is rated yet.</source>
        <translation>In diesem Album ist noch kein Foto bewertet.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln photos rated.</source>
        <translation>
            <numerusform>%Ln Foto bewertet.</numerusform>
            <numerusform>%Ln Fotos bewertet.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>It goes on from %Ln photos that you rated in earlier albums.</source>
        <translation>
            <numerusform>Es geht von %Ln Foto aus, das Sie in früheren Alben bewertet haben.</numerusform>
            <numerusform>Es geht von %Ln Fotos aus, die Sie in früheren Alben bewertet haben.</numerusform>
        </translation>
    </message>
    <message>
        <source>Open a folder of photos first.</source>
        <translation>Öffnen Sie zuerst einen Ordner mit Fotos.</translation>
    </message>
    <message>
        <source>Rate a few you love and a few you would delete: the difference is what teaches.</source>
        <translation>Bewerten Sie einige, die Sie lieben, und einige, die Sie löschen würden: Der Unterschied ist es, der lehrt.</translation>
    </message>
    <message>
        <source>All rated photos have the same stars. Use at least two different values.</source>
        <translation>Alle bewerteten Fotos haben gleich viele Sterne. Benutzen Sie mindestens zwei verschiedene Werte.</translation>
    </message>
    <message numerus="yes">
        <source>Cannot tell yet: %Ln stars given by chance could fit as well. Until you rate more, the order is {0} % yours, the rest is general.</source>
        <translation>
            <numerusform>Noch nicht zu sagen: %Ln zufällig vergebener Stern könnte ebenso gut passen. Bis Sie mehr bewerten, ist die Reihenfolge zu {0} % Ihre, im Übrigen allgemein.</numerusform>
            <numerusform>Noch nicht zu sagen: %Ln zufällig vergebene Sterne könnten ebenso gut passen. Bis Sie mehr bewerten, ist die Reihenfolge zu {0} % Ihre, im Übrigen allgemein.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>With these %Ln ratings no order agrees with you better than a coin would. Rate some more and try again.</source>
        <translation>
            <numerusform>Mit dieser %Ln Bewertung stimmt keine Reihenfolge besser mit Ihnen überein als eine Münze. Bewerten Sie noch einige und versuchen Sie es wieder.</numerusform>
            <numerusform>Mit diesen %Ln Bewertungen stimmt keine Reihenfolge besser mit Ihnen überein als eine Münze. Bewerten Sie noch einige und versuchen Sie es wieder.</numerusform>
        </translation>
    </message>
    <message>
        <source>Your taste is being brought back…</source>
        <translation>Ihr Geschmack wird wieder geladen …</translation>
    </message>
    <message>
        <source>Ready to learn your taste.</source>
        <translation>Bereit, Ihren Geschmack zu lernen.</translation>
    </message>
    <message>
        <source>Ready to learn your taste: {0}.</source>
        <translation>Bereit, Ihren Geschmack zu lernen: {0}.</translation>
    </message>
    <message>
        <source>Getting ready…</source>
        <translation>Vorbereitung…</translation>
    </message>
    <message>
        <source>Looking at photo {0} of {1}.</source>
        <translation>Sieht Foto {0} von {1} an.</translation>
    </message>
    <message>
        <source>Your model scores {0} of {1}.</source>
        <translation>Ihr Modell bewertet {0} von {1}.</translation>
    </message>
    <message>
        <source>Comparing the photos of each burst: {0} of {1}.</source>
        <translation>Die Fotos jeder Serie werden verglichen: {0} von {1}.</translation>
    </message>
    <message>
        <source>Learning your taste: step {0} of {1}.</source>
        <translation>Ihr Geschmack wird gelernt: Schritt {0} von {1}.</translation>
    </message>
    <message>
        <source>{0} left for this step</source>
        <translation>noch {0} für diesen Schritt</translation>
    </message>
    <message>
        <source>It orders {0} of 10 pairs as you would (before: {1}; estimated from your own ratings, give or take {2}).</source>
        <translation>Es ordnet {0} von 10 Paaren wie Sie (vorher: {1}; geschätzt aus Ihren eigenen Bewertungen, auf {2} genau).</translation>
    </message>
    <message numerus="yes">
        <source>about %Ln seconds</source>
        <translation>
            <numerusform>etwa %Ln Sekunde</numerusform>
            <numerusform>etwa %Ln Sekunden</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>about %Ln minutes</source>
        <translation>
            <numerusform>etwa %Ln Minute</numerusform>
            <numerusform>etwa %Ln Minuten</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>about %Ln hours</source>
        <translation>
            <numerusform>etwa %Ln Stunde</numerusform>
            <numerusform>etwa %Ln Stunden</numerusform>
        </translation>
    </message>
</context>
</TS>
