-- Recommended applications by city and year, over all calls. 各市各年度推荐项目数。
SELECT a.city, c.year, COUNT(*) AS winners
FROM ranks r
JOIN current_bundles b ON b.bundle = r.bundle
JOIN applications a ON a.bundle = r.bundle AND a.application = r.application
JOIN calls c ON c.bundle = r.bundle
WHERE r.place = 'winner'
GROUP BY a.city, c.year
ORDER BY a.city, c.year;
